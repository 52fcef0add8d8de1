-- A family group of one area is that area.
with pool as (
    select
        'ENW' as pool_code,
        'England and Wales' as pool_name,
        'nation' as pool_kind,
        1 as place
    union all
    select distinct
        'region:' || region as pool_code,
        region as pool_name,
        'regions' as pool_kind,
        2 as place
    from marts.dim_area
    union all -- staff
    select -- staff
        'family:' || replace(family_group, ',', '') as pool_code, -- staff
        upper(family_group[1]) || family_group[2:] as pool_name, -- staff
        'families' as pool_kind, -- staff
        3 as place -- staff
    from marts.fct_performance_month -- staff
    where family_value is not null -- staff
    group by family_group -- staff
    having count(distinct area_code) > 1 -- staff
    union all
    select
        area_code as pool_code,
        area_name as pool_name,
        'areas' as pool_kind,
        4 as place
    from marts.dim_area
)

select
    pool_code,
    pool_name,
    pool_kind
from pool
order by place, pool_name, pool_code
