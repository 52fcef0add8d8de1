-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    case_key,
    risk_of_harm_manager,
    risk_of_harm_inspector
from {{ source('raw', 'case_classification') }} as delivered
where {{ is_not_set_aside() }}
