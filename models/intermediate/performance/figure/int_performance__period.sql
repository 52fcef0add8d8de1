-- The periods that have figures: each month that was delivered, and the year to date of every month from a pool's first
-- to the last that anyone delivered for the measure, so that a month not delivered shows as one. A window that a report
-- printed and that does not begin in April is a period too, of every pool that delivered in its year.
with months as (
    select * from {{ ref('int_performance__pooled_month') }}
),

calendar as (
    select * from {{ ref('int_performance__reporting_month') }}
),

windows as (
    select * from {{ ref('int_performance__printed_window') }}
),

delivered as (
    select
        pool_code,
        measure_code,
        performance_year,
        min(period_month) as first_month
    from months
    group by pool_code, measure_code, performance_year
),

loaded as (
    select
        measure_code,
        performance_year,
        max(period_month) as last_month
    from months
    group by measure_code, performance_year
),

final as (
    select
        pool_code,
        measure_code,
        performance_year,
        period_month,
        'month' as period,
        period_month as first_month
    from months
    union all
    select
        delivered.pool_code,
        delivered.measure_code,
        delivered.performance_year,
        calendar.period_month,
        'to_date' as period,
        delivered.first_month
    from delivered
    inner join loaded
        on
            delivered.measure_code = loaded.measure_code
            and delivered.performance_year = loaded.performance_year
    inner join calendar
        on
            delivered.performance_year = calendar.performance_year
            and delivered.first_month <= calendar.period_month
            and loaded.last_month >= calendar.period_month
    union all
    select
        delivered.pool_code,
        delivered.measure_code,
        delivered.performance_year,
        windows.last_month as period_month,
        windows.period,
        windows.first_month
    from delivered
    inner join windows
        on
            delivered.measure_code = windows.measure_code
            and delivered.performance_year = windows.performance_year
)

select * from final
