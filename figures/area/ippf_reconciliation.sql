select
    period_from,
    period_to,
    domain,
    metrics_counted,
    metrics_graded,
    lowest_grade,
    highest_grade,
    published_grade,
    published_label,
    verdict
from marts.fct_ippf_reconciliation
where area_code = getvariable('area_code')
order by period_from, period_to, level desc, domain
