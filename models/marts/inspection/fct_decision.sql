select
    inspection_id,
    decision,
    basis,
    decided_on,
    planned_for,
    plan_due_on,
    implementation_due_on
from {{ ref('int_inspection__current_decision') }}
where missing_parent is null
