-- The codes a delivery may name for an inspection. Overall figures are free: their code is the sections they cover.
with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

codes as (
    select
        framework_code,
        'question' as level,
        question_code as code
    from {{ ref('questions') }}
    union all
    select
        framework_code,
        'criterion' as level,
        criterion_code as code
    from {{ ref('criteria') }}
    union all
    select
        framework_code,
        'section' as level,
        section_code as code
    from {{ ref('sections') }}
    union all
    select
        framework_code,
        'thread' as level,
        thread_code as code
    from {{ ref('threads') }}
),

final as (
    select
        inspections.inspection_id,
        codes.level,
        codes.code
    from inspections
    inner join codes
        on inspections.framework_code = codes.framework_code
)

select * from final
