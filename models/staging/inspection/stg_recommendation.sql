-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    cast(recommendation_no as bigint) as recommendation_no,
    theme,
    criterion_code,
    addressed_to,
    cast(due_on as date) as due_on,
    status,
    cast(status_on as date) as status_on,
    part
from {{ source('raw', 'recommendation') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
