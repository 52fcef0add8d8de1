-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
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
from {{ source('raw', 'score_adjustment') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
