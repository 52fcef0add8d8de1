select
    inspection_id,
    case_key,
    need,
    progress
from {{ ref('int_inspection__current_case_need') }}
where missing_parent is null
