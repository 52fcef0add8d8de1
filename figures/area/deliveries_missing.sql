with unit as (
    select getvariable('area_code') as unit_code
    union
    select unit_code from marts.fct_scorecard where area_code = getvariable('area_code')
)

select
    due.kind,
    due.unit_code,
    due.period_month,
    due.due_on,
    due.status,
    coalesce(due.days_late, due.days_overdue) as days
from ops.delivery_due as due
inner join unit using (unit_code)
where due.status in ('overdue', 'lapsed') or due.days_late > 0
order by due.period_month desc, due.kind, due.unit_code
