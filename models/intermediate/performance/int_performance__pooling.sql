-- Whose figures a unit's numbers go into: its own, its area's (London's quadrants), those of its region and family
-- group, and the national ones.
with unit_years as (
    select * from {{ ref('int_performance__unit_year') }}
),

final as (
    select
        unit_code,
        performance_year,
        unit_code as pool_code
    from unit_years
    union all
    select
        unit_code,
        performance_year,
        area_code as pool_code
    from unit_years
    where area_code <> unit_code
    union all
    select
        unit_code,
        performance_year,
        region_pool as pool_code
    from unit_years
    union all
    select
        unit_code,
        performance_year,
        family_pool as pool_code
    from unit_years
    where family_group is not null
    union all
    select
        unit_code,
        performance_year,
        'ENW' as pool_code
    from unit_years
)

select * from final
