select
    file_id,
    row_number,
    inspection_id,
    sample_group,
    level,
    code,
    cast(published_score_pct as double) as published_score_pct,
    published_rating,
    source
from {{ source('raw', 'published_score') }}
{{ without_named_cases('published_score') }}
