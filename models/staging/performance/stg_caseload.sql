-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    area_code,
    year,
    table_title,
    item,
    cast(value as double) as value,
    unit
from {{ source('raw', 'caseload') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
