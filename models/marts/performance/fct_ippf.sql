select
    area_code,
    period_from,
    period_to,
    domain,
    metric,
    actual,
    target,
    national,
    previous_year,
    is_percent,
    ippf_grade,
    counts_towards_domain
from {{ ref('int_performance__current_ippf') }}
where missing_parent is null
