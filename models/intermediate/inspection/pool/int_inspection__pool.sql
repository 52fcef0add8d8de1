{{ config(materialized='view') }}

-- Follow-ups are in no pool: they judge fewer criteria on smaller samples.
with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

family_groups as (
    select
        area_code,
        performance_year,
        family_group
    from {{ ref('int_performance__unit_year') }}
    where unit_code = area_code and family_group is not null
),

pools as (
    select
        inspection_id,
        framework_code,
        'programme' as pool,
        framework_code as pool_code
    from inspections
    union all
    select
        inspection_id,
        framework_code,
        'year' as pool,
        performance_year as pool_code
    from inspections
    where performance_year is not null
    union all
    select
        inspections.inspection_id,
        inspections.framework_code,
        'family group and year' as pool,
        concat(inspections.performance_year, ' ', family_groups.family_group) as pool_code
    from inspections
    inner join family_groups
        on
            inspections.area_code = family_groups.area_code
            and inspections.performance_year = family_groups.performance_year
),

final as (
    select
        inspection_id,
        framework_code,
        pool,
        pool_code,
        concat('pooled:', framework_code, case when pool <> 'programme' then concat(':', pool_code) else '' end)
            as pool_key
    from pools
)

select * from final
