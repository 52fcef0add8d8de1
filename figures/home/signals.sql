select
    signal.measure_code,
    measure.measure_title,
    signal.period_month,
    count(*) filter (where signal.signal = 'below limits') as month_below,
    count(*) filter (where signal.signal = 'above limits') as month_above,
    count(*) filter (where signal.six_month_signal = 'below limits') as six_months_below,
    count(*) filter (where signal.six_month_signal = 'above limits') as six_months_above
from marts.fct_performance_signal as signal
inner join marts.dim_measure as measure using (measure_code)
where
    signal.period_month = (select max(period_month) from marts.fct_performance_signal)
    and (signal.signal is not null or signal.six_month_signal is not null)
group by signal.measure_code, measure.measure_title, signal.period_month
order by measure.measure_title, signal.measure_code
