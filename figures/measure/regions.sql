with months as (
    select distinct period_month
    from marts.fct_performance_month
    where performance_year in (
        select distinct performance_year from marts.fct_performance_month order by performance_year desc limit 3
    )
),

figure as (
    select
        area.region,
        figure.period_month,
        max(figure.region_scaled_value) as value,
        max(figure.national_scaled_value) as national_value
    from marts.fct_performance_month as figure
    inner join marts.dim_area as area using (area_code)
    where figure.measure_code = getvariable('measure_code')
    group by area.region, figure.period_month
),

region as (
    select region
    from figure
    group by region
    having count(value) > 0
)

select
    region.region,
    months.period_month,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    figure.value,
    figure.national_value
from region
cross join months
inner join marts.dim_measure as measure on measure.measure_code = getvariable('measure_code')
left join figure on region.region = figure.region and months.period_month = figure.period_month
order by region.region, months.period_month
