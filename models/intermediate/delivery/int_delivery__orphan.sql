-- Rows that wait for another delivery. They leave this table by themselves on the night their parent is in.
select
    file_id,
    row_number,
    reason,
    row_content
from {{ ref('int_inspection__orphan') }}
union all
select
    file_id,
    row_number,
    reason,
    row_content
from {{ ref('int_performance__orphan') }}
