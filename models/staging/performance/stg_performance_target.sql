-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    performance_year,
    area_code,
    measure_code,
    cast(target as double) as target,
    direction,
    profile
from {{ source('raw', 'performance_target') }} as delivered
where {{ is_not_set_aside() }}
