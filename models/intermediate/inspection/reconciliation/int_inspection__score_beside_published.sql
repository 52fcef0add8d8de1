with scores as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind = 'sample_group'
),

published as (
    select * from {{ ref('int_inspection__current_published_score') }}
    where missing_parent is null
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.framework_code,
        scores.level,
        scores.code,
        scores.cases,
        scores.scored_questions,
        scores.score,
        scores.score_pct,
        scores.standard_error,
        scores.variance_floor,
        scores.n_eff,
        scores.ci_low,
        scores.ci_high,
        scores.caseload_cases,
        scores.caseload_ci_low,
        scores.caseload_ci_high,
        scores.weight_on_too_few,
        scores.weight_on_few,
        scores.reliability,
        scores.reliability_reason,
        scores.is_reliable,
        cast(round(published.published_score_pct) as int) as published_score_pct
    from scores
    left join published
        on
            scores.inspection_id = published.inspection_id
            and scores.sample_group = published.sample_group
            and scores.level = published.level
            and scores.code = published.code
)

select * from final
