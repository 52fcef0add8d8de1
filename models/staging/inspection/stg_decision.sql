-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    decision,
    basis,
    cast(decided_on as date) as decided_on,
    cast(planned_for as date) as planned_for,
    cast(plan_due_on as date) as plan_due_on,
    cast(implementation_due_on as date) as implementation_due_on
from {{ source('raw', 'decision') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
