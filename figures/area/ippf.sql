select
    period_from,
    period_to,
    domain,
    metric,
    case when is_percent then 'percent' end as printed_unit,
    actual,
    target,
    target_achievement,
    national,
    national_achievement,
    previous_year,
    ippf_grade
from marts.fct_ippf
where area_code = getvariable('area_code')
order by period_from, period_to, domain, metric
