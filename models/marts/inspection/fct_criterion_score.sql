with scores as (
    select * from {{ ref('int_inspection__score_beside_published') }}
    where level = 'criterion'
),

criteria as (
    select * from {{ ref('criteria') }}
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.code as criterion_code,
        scores.framework_code,
        criteria.section_code,
        scores.scored_questions,
        scores.score,
        scores.score_pct,
        scores.published_score_pct
    from scores
    inner join criteria
        on
            scores.framework_code = criteria.framework_code
            and scores.code = criteria.criterion_code
)

select * from final
