with items as (
    select * from {{ ref('int_performance__current_caseload') }}
    where missing_parent is null
),

dated as (
    select
        *,
        cast(
            case
                when year like '%/%' then concat(left(year, 4), '-04-01')
                when year like '%-%' then concat(year, '-01')
                else concat(year, '-01-01')
            end as date
        ) as first_day,
        case when year like '%-%' then 1 else 12 end as months
    from items
),

final as (
    select
        area_code,
        year,
        {{ add_months('first_day', 'months') }} as ended_before,
        table_title,
        item,
        value,
        unit
    from dated
)

select * from final
