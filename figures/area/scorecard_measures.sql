with latest as (
    select
        *,
        max(period_month) over () as latest_month
    from marts.fct_scorecard_measure
    where area_code = getvariable('area_code')
)

select
    latest.unit_code,
    latest.unit_name,
    latest.measure_code,
    coalesce(measure_year.measure_title, measure.measure_title) as measure_title,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    round(latest.target * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as target,
    round(latest.scaled_value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as area_value,
    latest.achievement,
    latest.points,
    latest.weight,
    latest.missing_because
from latest
inner join marts.dim_measure as measure using (measure_code)
left join marts.dim_measure_year as measure_year using (measure_code, performance_year)
where latest.period_month = latest.latest_month
order by latest.unit_code, measure_title, latest.measure_code
