-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    framework_code,
    area_code,
    inspection_title,
    cast(fieldwork_from as date) as fieldwork_from,
    cast(fieldwork_to as date) as fieldwork_to,
    cast(published_on as date) as published_on,
    follow_up_of,
    performance_year
from {{ source('raw', 'inspection') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
