select
    figure.measure_code,
    measure_year.measure_title,
    figure.period,
    figure.first_month,
    figure.period_month,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    round(figure.denominator, 1) as denominator,
    round(figure.scaled_value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as area_value,
    round(figure.target * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as target,
    figure.status,
    figure.is_revised,
    figure.figure_status
from marts.fct_performance_period as figure
inner join marts.dim_measure as measure using (measure_code)
inner join marts.dim_measure_year as measure_year using (measure_code, performance_year)
where figure.area_code = getvariable('area_code') and figure.pool = 'area' and figure.period in ('quarter', 'year')
order by measure_year.measure_title, figure.measure_code, figure.period_month desc, figure.period
