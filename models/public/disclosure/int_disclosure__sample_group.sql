-- What `all` has and a group within it has not is a count of people too, so it counts like the group itself.
with scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'sample_group'
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

counted as (
    select
        scored_groups.inspection_id,
        scored_groups.sample_group,
        scored_groups.framework_code,
        scored_groups.cases,
        sample_groups.sample = 'main' as is_of_main_sample,
        sample_groups.is_pooled,
        inspections.follow_up_of,
        {{ too_small(['scored_groups.cases', 'all_cases.cases - scored_groups.cases']) }} as is_small
    from scored_groups
    inner join sample_groups
        on scored_groups.sample_group = sample_groups.sample_group
    inner join inspections
        on scored_groups.inspection_id = inspections.inspection_id
    left join scored_groups as all_cases
        on
            scored_groups.inspection_id = all_cases.inspection_id
            and all_cases.sample_group = 'all'
            and sample_groups.sample = 'main'
),

-- A theme's pooled cases are those of its inspections together.
pooled as (
    select
        *,
        case
            when is_pooled = 1 and follow_up_of is null
                then {{ also_suppressed(
                    'sample_group, framework_code, is_pooled, follow_up_of', 'cases', 'is_small', 'inspection_id'
                ) }}
            else is_small
        end as is_suppressed
    from counted
),

with_all as (
    select
        *,
        max(case when sample_group = 'all' and is_suppressed then 1 else 0 end)
            over (partition by inspection_id) as is_all_suppressed
    from pooled
),

-- Inspectors' and assessors' cases are all cases together: nothing stays where all cases are suppressed.
final as (
    select
        inspection_id,
        sample_group,
        is_of_main_sample,
        cases,
        is_small,
        is_suppressed or (is_of_main_sample and is_all_suppressed = 1) as is_suppressed
    from with_all
)

select * from final
