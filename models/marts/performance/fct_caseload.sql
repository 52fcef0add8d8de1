select
    area_code,
    year,
    ended_before,
    table_title,
    item,
    value,
    unit
from {{ ref('int_performance__caseload') }}
