with scores as (
    select * from {{ ref('int_inspection__score_beside_published') }}
    where level = 'criterion'
),

criteria as (
    select * from {{ ref('criteria') }}
),

bands as (
    select
        framework_code,
        lower_score,
        lead(lower_score) over (partition by framework_code order by lower_score) as next_lower_score,
        conclusion
    from {{ ref('conclusion_bands') }}
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.code as criterion_code,
        scores.framework_code,
        criteria.section_code,
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
        bands.conclusion,
        scores.published_score_pct,
        {{ figure_status('scores.score', 'not_applicable', 'scores.cases') }} as figure_status
    from scores
    inner join criteria
        on
            scores.framework_code = criteria.framework_code
            and scores.code = criteria.criterion_code
    left join bands
        on
            scores.framework_code = bands.framework_code
            and round(scores.score * 100, 9) >= round(bands.lower_score * 100, 9)
            and round(scores.score * 100, 9) < coalesce(round(bands.next_lower_score * 100, 9), 101)
)

select * from final
