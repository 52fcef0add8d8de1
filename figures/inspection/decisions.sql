select
    decision,
    basis,
    decided_on,
    planned_for,
    plan_due_on,
    implementation_due_on
from marts.fct_decision
where inspection_id = getvariable('inspection_id')
order by decision
