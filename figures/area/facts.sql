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

latest as (
    select *
    from marts.fct_performance_to_date
    inner join marts.dim_measure using (measure_code)
    where valid_to is null
    qualify period_month = max(period_month) over (partition by measure_code)
),

compared as (
    select count(*) > 0 as is_compared
    from latest
    where area_code = getvariable('area_code')
),

peers as ( -- staff
    select count(distinct peer.area_code) > 1 as is_family_of_several -- staff
    from latest -- staff
    inner join latest as peer using (family_group, measure_code) -- staff
    where latest.area_code = getvariable('area_code') -- staff
), -- staff

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
    performance.last_month,
    case when compared.is_compared then 'beside its region, England and Wales and other areas' end as comparison,
    'areas=' || area.area_code || '&beside=region'
    || case when peers.is_family_of_several then ',family' else '' end -- staff
        as selection
from marts.dim_area as area
cross join profile
cross join performance
cross join compared
cross join peers -- staff
cross join inspection
where area.area_code = getvariable('area_code')
