-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    sample_group,
    level,
    code,
    cast(published_score_pct as double) as published_score_pct,
    published_rating,
    source,
    cast(published_numerator as bigint) as published_numerator,
    cast(published_denominator as bigint) as published_denominator,
    cast(published_below as bigint) as published_below
from {{ source('raw', 'published_score') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
