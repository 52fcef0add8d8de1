select
    period_from,
    period_to,
    domain,
    metric,
    printed_actual,
    printed_target,
    target_achievement,
    printed_national,
    printed_previous_year,
    printed_grade
from marts.fct_ippf
where area_code = getvariable('area_code') and not counts_towards_domain
order by period_from, period_to, print_order, metric
