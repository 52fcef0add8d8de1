select
    inspection_id,
    category as team_code,
    level,
    code,
    framework_code,
    cases,
    scored_questions,
    score,
    score_pct,
    standard_error,
    variance_floor,
    n_eff,
    ci_low,
    ci_high,
    weight_on_too_few,
    weight_on_few,
    reliability,
    reliability_reason,
    is_reliable,
    {{ figure_status('score', 'not_applicable', 'cases') }} as figure_status
from {{ ref('int_inspection__score_interval') }}
where group_kind = 'team'
