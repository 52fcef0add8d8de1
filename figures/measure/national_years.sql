with figure as (
    select
        performance_year,
        period_month,
        any_value(measure_code) as measure_code,
        max(national_scaled_value) as national_value,
        min(target) as lowest_target,
        max(target) as highest_target,
        count(*) as areas,
        count(*) filter (where status = 'met') as met,
        count(*) filter (where status = 'close') as close,
        count(*) filter (where status = 'missed') as missed,
        count(*) filter (where status is null) as without_status,
        max(period_month) over (partition by performance_year) as latest_month
    from marts.fct_performance_to_date
    where measure_code = getvariable('measure_code')
    group by performance_year, period_month
)

select
    figure.performance_year,
    figure.period_month,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    round(figure.national_value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as national_value,
    round(figure.lowest_target * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as lowest_target,
    round(figure.highest_target * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as highest_target,
    figure.areas,
    figure.met,
    figure.close,
    figure.missed,
    figure.without_status,
    case when month(figure.period_month) <> 3 then '[p]' end as provisional
from figure
inner join marts.dim_measure as measure using (measure_code)
where figure.period_month = figure.latest_month
order by figure.performance_year desc
