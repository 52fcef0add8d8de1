select
    signal.measure_code,
    measure.measure_title,
    signal.period_month - interval 5 month as first_month,
    signal.period_month,
    signal.six_month_value,
    signal.six_month_centre,
    signal.six_month_lower_limit,
    signal.six_month_upper_limit,
    signal.six_month_months_in_baseline,
    case when signal.six_month_base_spans_change then 'definition changed' end as base_note,
    signal.six_month_signal
from marts.fct_performance_signal as signal
inner join marts.dim_measure as measure using (measure_code)
where signal.area_code = getvariable('area_code') and signal.six_month_signal is not null
order by signal.period_month desc, measure.measure_title, signal.measure_code
