-- A thematic reviewer: section scores of a theme's inspections pooled, and the inspections furthest from them.
select
    code,
    inspection_id,
    pooled_cases,
    pooled_score_pct,
    pooled_ci_low,
    pooled_ci_high,
    cases,
    score_pct,
    score - pooled_score as from_pooled
from marts.fct_theme_score
where sample_group = 'unpaid_work' and level = 'section' and framework_code = $framework_code
order by code, abs(score - pooled_score) desc, inspection_id
