with reconvictions as (
    select * from {{ ref('int_inspection__reconviction') }}
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
        reconvictions.months,
        pooled_groups.inspections,
        reconvictions.cases,
        reconvictions.observed_cases,
        reconvictions.not_yet_observed_cases,
        reconvictions.reconvicted_cases,
        reconvictions.reconvicted_share,
        reconvictions.ci_low,
        reconvictions.ci_high,
        reconvictions.figure_status
    from reconvictions
    inner join pooled_groups
        on
            reconvictions.inspection_id = pooled_groups.pool_key
            and reconvictions.sample_group = pooled_groups.scored_sample_group
)

select * from final
