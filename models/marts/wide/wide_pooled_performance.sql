with year_ends as (
    select
        measure_code,
        performance_year,
        max(period_month) as period_month
    from {{ ref('fct_pooled_performance') }}
    group by measure_code, performance_year
)

select
    figures.pool,
    figures.pool_name,
    figures.measure_code,
    years.measure_title,
    measures.unit,
    measures.polarity,
    figures.performance_year,
    figures.period,
    figures.period_month,
    figures.period_month = year_ends.period_month as is_latest_in_year,
    figures.numerator,
    figures.denominator,
    figures.value,
    figures.people,
    figures.ci_low,
    figures.ci_high,
    figures.scaled_value,
    figures.months_in,
    figures.figure_status
from {{ ref('fct_pooled_performance') }} as figures
inner join {{ ref('dim_measure') }} as measures
    on figures.measure_code = measures.measure_code
inner join {{ ref('dim_measure_year') }} as years
    on
        figures.measure_code = years.measure_code
        and figures.performance_year = years.performance_year
inner join year_ends
    on
        figures.measure_code = year_ends.measure_code
        and figures.performance_year = year_ends.performance_year
