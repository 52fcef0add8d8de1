with titles as (
    select * from {{ ref('printed_titles') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

final as (
    select
        titles.inspection_id,
        titles.sample_group,
        titles.criterion_code,
        titles.criterion_title,
        titles.source
    from titles
    inner join inspections
        on titles.inspection_id = inspections.inspection_id
)

select * from final
