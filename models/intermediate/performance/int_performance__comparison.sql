-- Each figure beside the national one of the same period, and beside its own of the same period a year before.
with figures as (
    select * from {{ ref('int_performance__figure') }}
),

calendar as (
    select * from {{ ref('int_performance__reporting_month') }}
),

year_later as (
    select
        pool_code,
        measure_code,
        period,
        scaled_value,
        cast(period_month + interval 1 year as date) as period_month
    from figures
),

final as (
    select
        figures.*,
        calendar.months_due,
        national.value as national_value,
        national.scaled_value as national_scaled_value,
        figures.scaled_value - year_later.scaled_value as change_on_year
    from figures
    inner join calendar
        on figures.period_month = calendar.period_month
    inner join figures as national
        on
            national.pool_code = 'ENW'
            and figures.measure_code = national.measure_code
            and figures.period = national.period
            and figures.period_month = national.period_month
    left join year_later
        on
            figures.pool_code = year_later.pool_code
            and figures.measure_code = year_later.measure_code
            and figures.period = year_later.period
            and figures.period_month = year_later.period_month
)

select * from final
