with figure as (
    select
        *,
        max(period_month) over () as latest_month
    from marts.fct_performance_to_date
    where measure_code = getvariable('measure_code')
),

measure as (
    select
        measure_code,
        case unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
        case unit when 'days_per_head' then 1 else 100 end as factor
    from marts.dim_measure
)

select
    area.area_code,
    area.area_name,
    measure.printed_unit,
    figure.period_month,
    figure.numerator,
    round(figure.denominator, 1) as denominator,
    figure.scaled_value as value,
    round(figure.scaled_value * measure.factor, 1) as area_value,
    figure.ci_low,
    figure.ci_high,
    figure.is_revised, -- public
    figure.target,
    round(figure.target * measure.factor, 1) as printed_target,
    figure.status,
    coalesce(figure.figure_status, 'not_available') as figure_status,
    figure.months_in || ' of ' || month(figure.period_month - interval 3 month) as months,
    case when figure.months_in < 12 then '[p]' end as provisional
from marts.dim_area as area
left join figure
    on area.area_code = figure.area_code and figure.period_month = figure.latest_month
left join measure
    on figure.measure_code = measure.measure_code
where exists (select 1 from figure)
order by area.area_name, area.area_code
