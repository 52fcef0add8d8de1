-- A pool has a group's cases in the inspections of a programme, of one of its years or of a family group in a year, or
-- in those that a theme names; all cases of the theme's inspections are a pool as well, to compare with.
with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

pools as (
    select * from {{ ref('int_inspection__pool') }}
),

theme_members as (
    select * from {{ ref('int_inspection__current_theme') }}
    where missing_parent is null
),

final as (
    select
        pools.pool_key as pool_id,
        cast(null as string) as theme_code,
        sample_groups.sample_group,
        inspections.inspection_id,
        inspections.area_code
    from pools
    inner join inspections
        on pools.inspection_id = inspections.inspection_id
    cross join sample_groups
    where sample_groups.is_pooled = 1

    union all

    select
        concat('theme:', inspections.framework_code, ':', theme_members.theme_code) as pool_id,
        theme_members.theme_code,
        sample_groups.sample_group,
        inspections.inspection_id,
        inspections.area_code
    from theme_members
    inner join inspections
        on theme_members.inspection_id = inspections.inspection_id
    inner join sample_groups
        on sample_groups.sample_group in (theme_members.sample_group, 'all')
)

select * from final
