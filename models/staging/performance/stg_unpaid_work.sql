-- How many decimals a figure was written with says how far it was rounded.
select
    file_id,
    row_number,
    area_code,
    year,
    table_title,
    item,
    cast(value as double) as value,
    length(split_part(value, '.', 2)) as value_decimals,
    unit
from {{ source('raw', 'unpaid_work') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
