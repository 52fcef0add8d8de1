select
    deadline,
    deadline_title,
    counted_from,
    due_on,
    decided_due_on,
    met_on,
    status,
    source
from marts.fct_inspection_deadline
where inspection_id = getvariable('inspection_id')
order by due_on, deadline
