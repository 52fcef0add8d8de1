with judged as (
    select
        1 as rule_order,
        'A month by itself' as signal_rule,
        months_in_baseline,
        false_signal_chance,
        signal is not null as is_signal
    from marts.fct_performance_signal
    where area_code = getvariable('area_code') and centre is not null
    union all
    select
        2 as rule_order,
        'Six months together' as signal_rule,
        six_month_months_in_baseline as months_in_baseline,
        six_month_false_signal_chance as false_signal_chance,
        six_month_signal is not null as is_signal
    from marts.fct_performance_signal
    where area_code = getvariable('area_code') and six_month_centre is not null
)

select
    signal_rule,
    count(*) as judged,
    count(*) filter (where is_signal) as signals,
    cast(round(sum(cast(false_signal_chance as decimal(18, 12))), 1) as double) as false_signals_expected,
    min(months_in_baseline) as shortest_base,
    max(months_in_baseline) as longest_base
from judged
group by rule_order, signal_rule
order by rule_order
