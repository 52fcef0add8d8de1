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
    score.criterion_code || ' ' || criterion.criterion_title as label,
    score.score_pct,
    criterion.weight,
    criterion.weight * score.score_pct as points,
    criterion.weight * (score.score_pct - 0.5) as points_low,
    criterion.weight * (score.score_pct + 0.5) as points_high,
    score.figure_status
from chosen
inner join marts.dim_inspection as inspection on chosen.inspection_id = inspection.inspection_id
inner join marts.dim_criterion as the_one
    on inspection.framework_code = the_one.framework_code and chosen.criterion_code = the_one.criterion_code
inner join marts.fct_criterion_score as score
    on chosen.inspection_id = score.inspection_id and the_one.section_code = score.section_code
inner join marts.dim_criterion as criterion
    on score.framework_code = criterion.framework_code and score.criterion_code = criterion.criterion_code
where score.sample_group = 'all'
order by score.criterion_code
