with latest as (
    select
        *,
        max(performance_year) over () as latest_year
    from marts.fct_performance_equality
    where area_code = getvariable('area_code')
)

select
    measure.measure_code,
    measure.measure_title,
    latest.characteristic,
    latest.category as category_code,
    coalesce(category.category_title, latest.category) as category,
    latest.denominator,
    latest.value,
    latest.ci_low,
    latest.ci_high,
    latest.figure_status,
    latest.area_value
from latest
inner join marts.dim_measure as measure using (measure_code)
left join marts.dim_category as category
    on latest.characteristic = category.characteristic and latest.category = category.category
where latest.performance_year = latest.latest_year
order by
    measure.measure_title,
    latest.measure_code,
    latest.characteristic,
    category.display_order,
    latest.category
