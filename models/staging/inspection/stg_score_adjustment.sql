select
    file_id,
    row_number,
    inspection_id,
    sample_group,
    criterion_code,
    adjusted_rating,
    reason,
    decided_by,
    cast(decided_on as date) as decided_on
from {{ source('raw', 'score_adjustment') }}
{{ without_named_cases('score_adjustment') }}
