with latest as (
    select
        measure_code,
        max(period_month) as last_month
    from marts.fct_performance_to_date
    group by measure_code
)

select
    measure.measure_code,
    measure.measure_title,
    measure.unit,
    measure.direction,
    measure.derived_from,
    measure.valid_from,
    measure.valid_to,
    latest.last_month
from marts.dim_measure as measure
left join latest using (measure_code)
order by measure.measure_title, measure.measure_code
