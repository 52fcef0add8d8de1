with figures as (
    select * from {{ ref('int_performance__comparison') }}
),

areas as (
    select area_code from {{ ref('dim_area') }}
),

of_areas as (
    select
        areas.area_code,
        figures.*
    from figures
    inner join areas
        on figures.pool_code = areas.area_code
),

final as (
    {{ unpaid_work_summary('of_areas') }}
)

select * from final
