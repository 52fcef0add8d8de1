with inspection as (
    select
        area_code,
        count(*) as inspections,
        arg_max(inspection_id, (fieldwork_from, inspection_id)) as last_inspection_id,
        arg_max(inspection_title, (fieldwork_from, inspection_id)) as last_inspection_title
    from marts.dim_inspection
    group by area_code
),

performance as (
    select
        area_code,
        min(period_month) as first_month,
        max(period_month) as last_month
    from marts.fct_performance_month
    group by area_code
),

profile as (
    select
        area_code,
        arg_max(family_group, as_at) as family_group
    from marts.dim_area_profile
    group by area_code
),

scorecard as (
    select
        area_code,
        measures_met || ' of ' || measures_compared as targets_met
    from marts.fct_scorecard
    where unit_code = area_code
    qualify period_month = max(period_month) over ()
)

select
    area.area_code,
    area.area_name,
    area.region,
    profile.family_group,
    scorecard.targets_met,
    coalesce(inspection.inspections, 0) as inspections,
    inspection.last_inspection_id,
    inspection.last_inspection_title,
    performance.first_month,
    (select count(*) from ops.delivery_due where unit_code = area.area_code and status = 'overdue') as months_missing, -- staff
    performance.last_month
from marts.dim_area as area
left join inspection using (area_code)
left join performance using (area_code)
left join profile using (area_code)
left join scorecard using (area_code)
order by area.region, area.area_name, area.area_code
