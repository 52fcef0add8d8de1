with months as (
    select distinct period_month
    from marts.fct_performance_month
    where performance_year in (
        select distinct performance_year from marts.fct_performance_month order by performance_year desc limit 3
    )
),

figures as (
    select
        figure.measure_code,
        figure.period_month,
        figure.scaled_value as value,
        signal.lower_limit, -- staff
        signal.upper_limit, -- staff
        signal.signal, -- staff
        null::double as lower_limit, -- public
        null::double as upper_limit, -- public
        null::varchar as signal, -- public
        figure.target
    from marts.fct_performance_month as figure
    inner join months using (period_month)
    left join marts.fct_performance_signal as signal using (area_code, measure_code, period_month) -- staff
    where figure.area_code = getvariable('area_code')
),

shown as (
    select measure_code
    from figures
    group by measure_code
    having count(value) >= 6
)

select
    measure.measure_code,
    measure.measure_title,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    months.period_month,
    figures.value,
    figures.target,
    figures.lower_limit,
    figures.upper_limit,
    figures.signal
from shown
inner join marts.dim_measure as measure using (measure_code)
cross join months
left join figures using (measure_code, period_month)
order by measure.measure_title, measure.measure_code, months.period_month
