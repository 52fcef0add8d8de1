select
    inspection_id,
    sample_group,
    code as thread_code,
    framework_code,
    cases,
    scored_questions,
    score,
    score_pct,
    standard_error,
    ci_low,
    ci_high,
    is_reliable,
    published_score_pct,
    {{ figure_status('score', 'not_applicable', 'cases') }} as figure_status
from {{ ref('int_inspection__score_beside_published') }}
where level = 'thread'
