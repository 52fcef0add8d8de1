select
    measure_code,
    performance_year,
    measure_title,
    numerator_is,
    denominator_is,
    change_source,
    is_comparable_to_year_before
from {{ ref('int_performance__measure_year') }}
