select
    measure_code,
    measure_title,
    unit,
    direction,
    derived_from,
    numerator_is,
    denominator_is,
    in_scorecard,
    leadership_target,
    valid_from,
    valid_to
from {{ ref('measures') }}
