with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

areas as (
    select * from {{ ref('areas') }}
),

final as (
    select
        inspections.inspection_id,
        inspections.framework_code,
        inspections.area_code,
        inspections.inspection_title,
        inspections.fieldwork_from,
        inspections.fieldwork_to,
        inspections.published_on,
        inspections.follow_up_of,
        inspections.performance_year,
        cast(row_number() over (
            order by
                frameworks.programme_start,
                frameworks.framework_name,
                areas.area_name,
                inspections.fieldwork_from,
                inspections.inspection_id
        ) as int) as display_order
    from inspections
    inner join frameworks
        on inspections.framework_code = frameworks.framework_code
    inner join areas
        on inspections.area_code = areas.area_code
)

select * from final
