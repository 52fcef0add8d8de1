-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    sample_group,
    criterion_code,
    cast(item_no as bigint) as item_no,
    responsible,
    rating
from {{ source('raw', 'management_evidence') }} as delivered
where {{ is_not_set_aside() }}
