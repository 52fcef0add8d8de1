select
    inspection_id,
    sample_group,
    criterion_code,
    adjusted_rating,
    reason,
    decided_on
from {{ ref('int_inspection__current_score_adjustment') }}
where missing_parent is null
qualify row_number() over (partition by inspection_id, sample_group, criterion_code order by decided_on desc) = 1
