with unit as (
    select getvariable('area_code') as unit_code
    union
    select unit_code from marts.fct_scorecard where area_code = getvariable('area_code')
)

select
    due.kind,
    due.unit_code,
    min(due.period_month) as first_month,
    max(due.period_month) filter (where due.status = 'received') as last_month,
    count(*) filter (where due.status = 'received') as received,
    count(*) filter (where due.days_late > 0) as late,
    count(*) filter (where due.status = 'overdue') as overdue,
    any_value(due.period_month) filter (where due.status = 'lapsed') as lapsed_from
from ops.delivery_due as due
inner join unit using (unit_code)
group by due.kind, due.unit_code
order by due.kind, due.unit_code
