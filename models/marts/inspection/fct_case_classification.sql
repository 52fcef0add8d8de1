select
    inspection_id,
    case_key,
    risk_of_harm_manager,
    risk_of_harm_inspector
from {{ ref('int_inspection__current_case_classification') }}
where missing_parent is null
