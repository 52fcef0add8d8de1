select
    inspection_id,
    sample_group,
    code as overall_code,
    framework_code,
    scored_questions,
    score,
    score_pct,
    published_score_pct
from {{ ref('int_inspection__score_beside_published') }}
where level = 'overall'
