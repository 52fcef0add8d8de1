select
    case figure.pool when 'nation' then 'England and Wales' else figure.region end as pool_title,
    figure.period,
    figure.first_month,
    figure.period_month,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    round(figure.denominator, 1) as denominator,
    round(figure.scaled_value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as pool_value,
    round(figure.target * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as target,
    figure.is_revised,
    figure.figure_status
from (
    select
        *,
        split_part(pool_code, ':', 2) as region
    from marts.fct_performance_period
) as figure
inner join marts.dim_measure as measure using (measure_code)
where figure.measure_code = getvariable('measure_code') and figure.pool in ('nation', 'region')
order by figure.pool, figure.region, figure.period_month desc, figure.period
