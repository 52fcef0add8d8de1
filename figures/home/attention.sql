with counted as (
    select 1 as place, 'Recommendations that are open past their date' as what, count(*) as number
    from marts.fct_recommendation
    cross join ops.publication
    where is_latest and status = 'open' and due_on < business_date

    union all

    select 2 as place, 'Printed figures that the judgements do not give' as what, count(*) as number
    from marts.fct_reconciliation
    where verdict = 'inconsistent'

    union all

    select 3 as place, 'Monthly deliveries that are overdue' as what, count(*) as number
    from ops.delivery_due
    where status = 'overdue'

    union all

    select 4 as place, 'Deliveries that are set aside' as what, count(*) as number
    from ops.set_aside
)

select
    what,
    number
from counted
order by place
