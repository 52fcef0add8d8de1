with changes as (
    select * from {{ ref('int_inspection__oasys_change') }}
),

sample_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'sample_group'
),

final as (
    select
        changes.inspection_id,
        changes.sample_group,
        changes.scored_cases,
        changes.rescored_cases,
        changes.rescored_share,
        changes.rescored_ci_low,
        changes.rescored_ci_high,
        changes.improved_cases,
        changes.improved_share,
        changes.improved_ci_low,
        changes.improved_ci_high,
        changes.mean_change,
        changes.standard_error,
        changes.figure_status
    from changes
    inner join sample_groups
        on
            changes.inspection_id = sample_groups.inspection_id
            and changes.sample_group = sample_groups.sample_group
)

select * from final
