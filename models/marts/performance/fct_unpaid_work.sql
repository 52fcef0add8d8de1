select
    area_code,
    year,
    table_title,
    item,
    value,
    unit
from {{ ref('int_performance__current_unpaid_work') }}
where missing_parent is null
