select
    kind,
    period_month,
    count(*) as due,
    count(*) filter (where status = 'received') as received,
    count(*) filter (where status = 'received' and days_late > 0) as late,
    count(*) filter (where status <> 'received') as missing
from ops.delivery_due
where period_month >= (select max(period_month) - interval 23 month from ops.delivery_due where status = 'received')
group by kind, period_month
order by kind, period_month desc
