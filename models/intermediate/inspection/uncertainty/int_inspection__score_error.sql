with deviations as (
    select * from {{ ref('int_inspection__score_deviation') }}
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
),

summed as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        {{ exact_sum('deviation * deviation') }} as squares
    from deviations
    group by inspection_id, sample_group, level, code
),

final as (
    select
        summed.inspection_id,
        summed.sample_group,
        summed.level,
        summed.code,
        {{ case_variance('summed.squares', 'scored_groups.cases') }} as variance
    from summed
    inner join scored_groups
        on
            summed.inspection_id = scored_groups.inspection_id
            and summed.sample_group = scored_groups.sample_group
)

select * from final
