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
    cast(published_numerator as int) as published_numerator,
    cast(published_denominator as int) as published_denominator,
    cast(published_below as int) as published_below
from {{ source('raw', 'published_score') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
