-- A year to date has as many months in as the area has published months up to it.
{{ config(group='performance') }}
with to_date as (
    select * from {{ ref('fct_performance_to_date') }}
),

months as (
    select * from {{ ref('fct_performance_month') }}
),

final as (
    select
        to_date.area_code,
        to_date.measure_code,
        to_date.performance_year,
        to_date.period_month,
        to_date.months_in,
        count(months.period_month) as months_delivered
    from to_date
    left join months
        on
            to_date.area_code = months.area_code
            and to_date.measure_code = months.measure_code
            and to_date.performance_year = months.performance_year
            and to_date.period_month >= months.period_month
    group by
        to_date.area_code,
        to_date.measure_code,
        to_date.performance_year,
        to_date.period_month,
        to_date.months_in
    having to_date.months_in <> count(months.period_month)
)

select * from final
