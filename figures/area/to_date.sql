with latest as (
    select
        *,
        max(performance_year) over () as latest_year,
        max(period_month) over (partition by measure_code, performance_year) as latest_month
    from marts.fct_performance_to_date
    where area_code = getvariable('area_code')
),

measure as (
    select
        *,
        case unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
        case unit when 'days_per_head' then 1 else 100 end as factor
    from marts.dim_measure
)

select
    latest.measure_code,
    measure_year.measure_title,
    measure.direction,
    measure.printed_unit,
    latest.period_month,
    round(latest.target * measure.factor, 1) as target,
    round(latest.scaled_value * measure.factor, 1) as area_value,
    latest.ci_low,
    latest.ci_high,
    latest.is_revised, -- public
    latest.figure_status,
    latest.status,
    round(latest.national_scaled_value * measure.factor, 1) as national_value,
    round(latest.region_scaled_value * measure.factor, 1) as region_value,
    round(latest.family_scaled_value * measure.factor, 1) as family_value, -- staff
    round(latest.change_on_year * measure.factor, 1) as change_on_year, -- staff
    case when latest.months_in < 12 then '[p]' end as provisional
from latest
inner join measure using (measure_code)
inner join marts.dim_measure_year as measure_year using (measure_code, performance_year)
where latest.performance_year = latest.latest_year and latest.period_month = latest.latest_month
order by measure_year.measure_title, latest.measure_code
