-- The periods that can be shown: all their months are due, and nearly all areas of the pool delivered each. What comes
-- later does not change them, since figures are frozen.
with delivered as (
    select * from {{ ref('cnt_delivered_month') }}
),

pools as (
    select * from {{ ref('rel_pool') }}
),

measure_periods as (
    select * from {{ ref('rel_measure_period') }}
),

months as (
    select * from {{ ref('rel_month') }}
    where is_due
),

monthly as (
    select
        delivered.measure_code,
        pools.pool_code,
        pools.pool,
        pools.areas,
        measure_periods.period,
        measure_periods.is_by_group,
        measure_periods.months,
        months.performance_year,
        months.month_start,
        case measure_periods.period
            when 'month' then months.month_start
            when 'quarter' then months.quarter_month
            else months.year_month
        end as period_month,
        count(*) as areas_in
    from delivered
    inner join pools
        on delivered.area_code = pools.area_code
    inner join measure_periods
        on
            delivered.measure_code = measure_periods.measure_code
            and pools.pool = measure_periods.pool
    inner join months
        on delivered.period_month = months.month_start
    group by
        delivered.measure_code,
        pools.pool_code,
        pools.pool,
        pools.areas,
        measure_periods.period,
        measure_periods.is_by_group,
        measure_periods.months,
        months.performance_year,
        months.month_start,
        months.quarter_month,
        months.year_month
),

final as (
    select
        measure_code,
        pool_code,
        pool,
        period,
        is_by_group,
        performance_year,
        period_month,
        min(month_start) as first_month,
        cast(sum(areas_in) as int) as area_months_in,
        cast(months * areas as int) as area_months
    from monthly
    where areas_in >= {{ var('fewest_areas_share') }} * areas
    group by measure_code, pool_code, pool, period, is_by_group, performance_year, period_month, months, areas
    having count(*) = months
)

select * from final
