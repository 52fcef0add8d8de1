-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    area_code,
    data_period,
    {{ mmyy_to_month('data_period') }} as period_month,
    measure_code,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator
from {{ source('raw', 'performance_return') }} as delivered
where {{ is_not_set_aside() }}
