-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    case_key,
    question_code,
    answer
from {{ source('raw', 'judgement') }} as delivered
where {{ is_not_set_aside() }}
