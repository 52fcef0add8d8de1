select
    measure_code,
    measure_title,
    unit,
    direction,
    derived_from,
    numerator_is,
    {{ seed_text('denominator_is') }} as denominator_is,
    in_scorecard,
    leadership_target,
    {{ seed_text('valid_from') }} as valid_from,
    {{ seed_text('valid_to') }} as valid_to
from {{ ref('measures') }}
