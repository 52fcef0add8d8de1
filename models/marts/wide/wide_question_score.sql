select
    scores.inspection_id,
    inspections.inspection_title,
    scores.framework_code,
    frameworks.framework_name,
    inspections.area_code,
    areas.area_name,
    areas.region,
    areas.country,
    inspections.performance_year,
    inspections.fieldwork_from,
    inspections.published_on,
    inspections.follow_up_of is not null as is_follow_up,
    scores.sample_group,
    sample_groups.sample_group_title,
    scores.criterion_code,
    criteria.criterion_title,
    scores.question_code,
    questions.question_text,
    questions.display_order,
    scores.relevant_cases,
    scores.above_line_cases,
    scores.proportion,
    scores.score_pct,
    scores.ci_low,
    scores.ci_high,
    scores.reliability,
    scores.published_score_pct,
    scores.published,
    scores.figure_status
from {{ ref('fct_question_score') }} as scores
inner join {{ ref('dim_inspection') }} as inspections
    on scores.inspection_id = inspections.inspection_id
inner join {{ ref('dim_framework') }} as frameworks
    on scores.framework_code = frameworks.framework_code
inner join {{ ref('dim_area') }} as areas
    on inspections.area_code = areas.area_code
inner join {{ ref('dim_sample_group') }} as sample_groups
    on scores.sample_group = sample_groups.sample_group
inner join {{ ref('dim_criterion') }} as criteria
    on
        scores.framework_code = criteria.framework_code
        and scores.criterion_code = criteria.criterion_code
inner join {{ ref('dim_question') }} as questions
    on
        scores.framework_code = questions.framework_code
        and scores.question_code = questions.question_code
