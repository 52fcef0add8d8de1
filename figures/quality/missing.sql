with silence as (
    select
        due.kind,
        due.unit_code,
        due.status,
        min(due.period_month) as first_month,
        max(due.period_month) as last_month,
        count(*) as months,
        max(due.days_overdue) as days_overdue
    from ops.delivery_due as due
    where due.status <> 'received'
    group by due.kind, due.unit_code, due.status
)

select
    silence.kind,
    case count(*) when 1 then any_value(silence.unit_code) end as area_code,
    case
        when count(*) <= 5
            then string_agg(coalesce(area.area_name, silence.unit_code), ', ' order by area.area_name, silence.unit_code)
        else count(*) || ' areas'
    end as unit_name,
    silence.status,
    silence.first_month,
    silence.last_month,
    silence.months,
    silence.days_overdue
from silence
left join marts.dim_area as area
    on silence.unit_code = area.area_code
group by silence.kind, silence.status, silence.first_month, silence.last_month, silence.months, silence.days_overdue
order by silence.kind, silence.status, silence.first_month desc, silence.last_month, silence.days_overdue, unit_name
