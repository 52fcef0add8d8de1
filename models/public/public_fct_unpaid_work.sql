-- Items of one table may add up to one that it gives too, so where one is suppressed another is.
with items as (
    select * from {{ ref('fct_unpaid_work') }}
),

counted as (
    select
        *,
        case when unit = 'count' then value else 0 end as people,
        unit = 'count' and {{ too_small(['value']) }} as is_small
    from items
),

disclosed as (
    select
        *,
        {{ also_suppressed('area_code, year, table_title, unit', 'people', 'is_small', 'item') }} as is_suppressed
    from counted
),

final as (
    select
        area_code,
        year,
        table_title,
        item,
        {{ unless_suppressed('value') }} as value,
        unit,
        {{ figure_status('value', 'not_available') }} as figure_status
    from disclosed
)

select * from final
