-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    case_key,
    cast(oasys_start as int) as oasys_start,
    cast(oasys_latest as int) as oasys_latest,
    cast(oasys_rescored_on as date) as oasys_rescored_on,
    cast(reconvicted_on as date) as reconvicted_on,
    cast(observed_to as date) as observed_to
from {{ source('raw', 'case_outcome') }} as delivered
where {{ is_not_set_aside() }}
