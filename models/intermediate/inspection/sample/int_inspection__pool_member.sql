-- A pool has a group's cases in all inspections of a framework that are not follow-ups, or in those that a theme names;
-- all cases of the theme's inspections are a pool as well, to compare with.
with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

theme_members as (
    select * from {{ ref('int_inspection__current_theme') }}
    where missing_parent is null
),

final as (
    select
        concat('pooled:', inspections.framework_code) as pool_id,
        cast(null as string) as theme_code,
        sample_groups.sample_group,
        inspections.inspection_id,
        inspections.area_code
    from inspections
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
