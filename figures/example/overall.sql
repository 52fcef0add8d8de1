with chosen as (
    select
        question.inspection_id,
        question.criterion_code
    from marts.fct_question_score as question
    inner join marts.dim_framework as framework using (framework_code)
    where
        framework.criterion_method = 'mean_of_questions'
        and framework.section_method = 'weighted_by_criterion'
        and framework.overall_method = 'weighted_by_section'
        and question.sample_group = 'all'
    group by question.inspection_id, question.criterion_code
    having bool_and(question.figure_status = 'shown')
    order by question.inspection_id, count(*) desc, question.criterion_code
    limit 1
)

select
    score.section_code || ' ' || section.section_title as label,
    section.overall_weight,
    score.score_pct,
    score.published_score_pct,
    reconciliation.implied_low,
    reconciliation.implied_high,
    overall.score_pct as overall_pct,
    overall.published_score_pct as overall_published_pct,
    round(sum(section.overall_weight * score.score_pct) over (), 2) as overall_from_rounded,
    score.figure_status
from chosen
inner join marts.fct_section_score as score using (inspection_id)
inner join marts.dim_section as section using (framework_code, section_code)
left join marts.fct_overall_score as overall using (inspection_id, sample_group)
left join marts.fct_reconciliation as reconciliation
    on
        score.inspection_id = reconciliation.inspection_id
        and score.section_code = reconciliation.code
        and score.sample_group = reconciliation.sample_group
        and reconciliation.level = 'section'
        and reconciliation.check_name = 'internal'
where score.sample_group = 'all'
order by score.section_code
