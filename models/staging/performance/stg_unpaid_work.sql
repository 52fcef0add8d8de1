select
    file_id,
    row_number,
    area_code,
    year,
    table_title,
    item,
    cast(value as double) as value,
    unit
from {{ source('raw', 'unpaid_work') }}
