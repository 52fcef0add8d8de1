with scores as (
    select * from {{ ref('int_inspection__score') }}
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
),

errors as (
    select
        *,
        sqrt(variance) as standard_error
    from {{ ref('int_inspection__score_error') }}
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scored_groups.group_kind,
        scored_groups.characteristic,
        scored_groups.category,
        scores.framework_code,
        scores.level,
        scores.code,
        scored_groups.cases,
        scores.scored_questions,
        scores.score,
        {{ score_pct('scores.score') }} as score_pct,
        errors.variance,
        errors.standard_error,
        {{ interval_bound('scores.score', 'errors.standard_error', '-') }} as ci_low,
        {{ interval_bound('scores.score', 'errors.standard_error', '+') }} as ci_high,
        scores.fewest_relevant_cases >= {{ var('fewest_relevant_cases') }} as is_reliable
    from scores
    inner join scored_groups
        on
            scores.inspection_id = scored_groups.inspection_id
            and scores.sample_group = scored_groups.sample_group
    left join errors
        on
            scores.inspection_id = errors.inspection_id
            and scores.sample_group = errors.sample_group
            and scores.level = errors.level
            and scores.code = errors.code
)

select * from final
