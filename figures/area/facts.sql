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

compared as (
    select count(*) > 0 as is_compared
    from (
        select area_code
        from marts.fct_performance_to_date
        inner join marts.dim_measure using (measure_code)
        where valid_to is null
        qualify period_month = max(period_month) over (partition by measure_code)
    )
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
    performance.last_month,
    case when compared.is_compared then 'beside its region, England and Wales and other areas' end as comparison,
    'areas=' || area.area_code || '&beside=region'
    || case when profile.family_group is null then '' else ',family' end -- staff
        as selection
from marts.dim_area as area
cross join profile
cross join performance
cross join compared
cross join inspection
where area.area_code = getvariable('area_code')
