-- The region and the family group that a unit's area is in, year by year. Of an area's profiles the last one dated in
-- the year or before speaks for the whole year, so that a group has the same members from April to March; before the
-- first profile the first one does.
with units as (
    select * from {{ ref('units') }}
),

areas as (
    select * from {{ ref('areas') }}
),

profiles as (
    select * from {{ ref('int_performance__current_area_profile') }}
    where missing_parent is null and family_group is not null
),

years as (
    select
        performance_year,
        cast(max(period_month) + interval 1 month as date) as ended_before
    from {{ ref('int_performance__reporting_month') }}
    group by performance_year
),

dated as (
    select
        years.performance_year,
        profiles.area_code,
        profiles.family_group,
        profiles.as_at,
        case when profiles.as_at < years.ended_before then profiles.as_at end as in_force_from
    from profiles
    cross join years
),

ranked as (
    select
        *,
        row_number() over (
            partition by performance_year, area_code
            order by coalesce(in_force_from, date '1900-01-01') desc, as_at
        ) as choice
    from dated
),

final as (
    select
        units.unit_code,
        years.performance_year,
        units.area_code,
        concat('region:', areas.region) as region_pool,
        ranked.family_group,
        case when ranked.family_group is not null then concat('family:', ranked.family_group) end as family_pool
    from units
    cross join years
    inner join areas
        on units.area_code = areas.area_code
    left join ranked
        on
            units.area_code = ranked.area_code
            and years.performance_year = ranked.performance_year
            and ranked.choice = 1
)

select * from final
