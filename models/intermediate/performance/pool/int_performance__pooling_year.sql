-- Whose figures a unit's numbers of a year go into: those that never change, and those of its region and of the family
-- group that its area is in that year.
with pooling as (
    select * from {{ ref('int_performance__pooling') }}
),

unit_years as (
    select * from {{ ref('int_performance__unit_year') }}
),

final as (
    select
        unit_years.unit_code,
        unit_years.performance_year,
        pooling.pool_code
    from unit_years
    inner join pooling
        on unit_years.unit_code = pooling.unit_code
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
)

select * from final
