with latest as (
    select
        *,
        max(performance_year) over () as latest_year,
        max(period_month) over (partition by performance_year) as latest_month
    from marts.fct_team_performance
    where area_code = getvariable('area_code') and period = 'to_date'
)

select
    latest.team_code,
    latest.measure_code,
    measure.measure_title,
    latest.period_month,
    latest.target,
    latest.numerator,
    latest.denominator,
    latest.value,
    latest.ci_low,
    latest.ci_high,
    latest.figure_status,
    latest.area_value
from latest
inner join marts.dim_measure_year as measure using (measure_code, performance_year)
where latest.performance_year = latest.latest_year and latest.period_month = latest.latest_month
order by measure.measure_title, latest.measure_code, latest.team_code
