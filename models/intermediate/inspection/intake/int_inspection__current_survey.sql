with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

answers as (
    select * from {{ ref('stg_survey') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

final as (
    select
        answers.*,
        case when inspections.inspection_id is null then {{ no_such_inspection() }} end as missing_parent
    from answers
    inner join current_files
        on answers.file_id = current_files.file_id
    left join inspections
        on answers.inspection_id = inspections.inspection_id
)

select * from final
