select
    signal.measure_code,
    measure.measure_title,
    signal.period_month,
    signal.value,
    signal.centre,
    signal.lower_limit,
    signal.upper_limit,
    signal.months_in_baseline,
    case when signal.base_spans_change then 'definition changed' end as base_note,
    signal.signal
from marts.fct_performance_signal as signal
inner join marts.dim_measure as measure using (measure_code)
where signal.area_code = getvariable('area_code') and signal.signal is not null
order by signal.period_month desc, measure.measure_title, signal.measure_code
