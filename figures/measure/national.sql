with months as (
    select distinct period_month, performance_year
    from marts.fct_performance_month
    where performance_year in (
        select distinct performance_year from marts.fct_performance_month order by performance_year desc limit 3
    )
),

figure as (
    select
        period_month,
        any_value(measure_code) as measure_code,
        max(national_scaled_value) as value,
        case when min(target) = max(target) then max(target) end as target,
        count(value) as areas_shown,
        count(*) as areas
    from marts.fct_performance_month
    where measure_code = getvariable('measure_code')
    group by period_month
)

select
    months.performance_year,
    months.period_month,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    figure.value,
    round(figure.value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as national_value,
    figure.target,
    round(figure.target * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as printed_target,
    coalesce(figure.areas, 0) as areas
from months
cross join marts.dim_measure as measure
left join figure on months.period_month = figure.period_month
where measure.measure_code = getvariable('measure_code') and exists (select 1 from figure)
order by months.period_month
