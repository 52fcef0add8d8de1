with changes as (
    select * from {{ ref('int_inspection__oasys_change') }}
),

pooled_groups as (
    select * from {{ ref('int_inspection__pooled_group') }}
),

final as (
    select
        pooled_groups.framework_code,
        pooled_groups.pool,
        pooled_groups.pool_code,
        pooled_groups.sample_group,
        pooled_groups.characteristic,
        pooled_groups.category,
        pooled_groups.inspections,
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
    inner join pooled_groups
        on
            changes.inspection_id = pooled_groups.pool_key
            and changes.sample_group = pooled_groups.scored_sample_group
)

select * from final
