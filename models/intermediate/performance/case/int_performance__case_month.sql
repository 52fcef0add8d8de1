select
    unit_code,
    period_month,
    measure_code,
    numerator,
    denominator
from {{ ref('int_performance__case_measure') }}
where characteristic = 'all'
