with reconvictions as (
    select * from {{ ref('int_inspection__reconviction') }}
),

sample_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'sample_group'
),

final as (
    select
        reconvictions.inspection_id,
        reconvictions.sample_group,
        reconvictions.months,
        reconvictions.cases,
        reconvictions.observed_cases,
        reconvictions.not_yet_observed_cases,
        reconvictions.reconvicted_cases,
        reconvictions.reconvicted_share,
        reconvictions.ci_low,
        reconvictions.ci_high,
        reconvictions.figure_status
    from reconvictions
    inner join sample_groups
        on
            reconvictions.inspection_id = sample_groups.inspection_id
            and reconvictions.sample_group = sample_groups.sample_group
)

select * from final
