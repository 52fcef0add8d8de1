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
    question.criterion_code,
    round(sum(question.proportion * dim_question.weight), 6) as weighted_sum,
    sum(dim_question.weight) as weights,
    round(sum(question.proportion * dim_question.weight) / sum(dim_question.weight), 6) as worked_score,
    any_value(score.score_pct) as score_pct,
    any_value(score.published_score_pct) as published_score_pct,
    any_value(score.figure_status) as figure_status
from chosen
inner join marts.fct_question_score as question using (inspection_id, criterion_code)
inner join marts.dim_question as dim_question using (framework_code, criterion_code, question_code)
inner join marts.fct_criterion_score as score using (inspection_id, criterion_code, sample_group)
where question.sample_group = 'all'
group by question.criterion_code
