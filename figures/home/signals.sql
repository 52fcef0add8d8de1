with latest as (
    select
        *,
        max(period_month) over () as latest_month
    from marts.fct_performance_signal
),

counted as (
    select
        measure_code,
        period_month,
        count(*) filter (where signal = 'below limits') as month_below,
        count(*) filter (where signal = 'above limits') as month_above,
        count(*) filter (where six_month_signal = 'below limits') as six_months_below,
        count(*) filter (where six_month_signal = 'above limits') as six_months_above,
        count(*) as areas,
        bool_or(
            (signal is not null and base_spans_change)
            or (six_month_signal is not null and six_month_base_spans_change)
        ) as is_changed
    from latest
    where period_month = latest_month
    group by measure_code, period_month
    having count(signal) + count(six_month_signal) > 0
)

select
    counted.measure_code,
    measure.measure_title,
    counted.period_month,
    nullif(counted.month_below, 0) as month_below,
    nullif(counted.month_above, 0) as month_above,
    nullif(counted.six_months_below, 0) as six_months_below,
    nullif(counted.six_months_above, 0) as six_months_above,
    counted.areas,
    case when counted.is_changed then 'definition changed' end as base_note
from counted
inner join marts.dim_measure as measure using (measure_code)
order by measure.measure_title, counted.measure_code
