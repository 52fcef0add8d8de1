with profile as (
    select arg_max(family_group, as_at) as family_group
    from marts.dim_area_profile
    where area_code = getvariable('area_code')
),

performance as (
    select
        min(period_month) as first_month,
        max(period_month) as last_month
    from marts.fct_performance_month
    where area_code = getvariable('area_code')
),

inspection as (
    select count(*) as inspections
    from marts.dim_inspection
    where area_code = getvariable('area_code')
)

select
    area.area_code,
    area.region,
    profile.family_group,
    inspection.inspections,
    performance.first_month,
    performance.last_month
from marts.dim_area as area
cross join profile
cross join performance
cross join inspection
where area.area_code = getvariable('area_code')
