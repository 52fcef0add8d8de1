select
    due.kind,
    due.unit_code,
    coalesce(area.area_name, due.unit_code) as unit_name,
    due.unit_code as area_code,
    due.status,
    min(due.period_month) as first_month,
    max(due.period_month) as last_month,
    count(*) as months,
    max(due.days_overdue) as days_overdue
from ops.delivery_due as due
left join marts.dim_area as area
    on due.unit_code = area.area_code
where due.status <> 'received'
group by all
order by unit_name, due.kind, due.status
