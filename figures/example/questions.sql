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
    question.question_code,
    question.relevant_cases,
    question.above_line_cases,
    dim_question.weight,
    question.proportion,
    question.figure_status
from chosen
inner join marts.fct_question_score as question using (inspection_id, criterion_code)
inner join marts.dim_question as dim_question using (framework_code, criterion_code, question_code)
where question.sample_group = 'all'
order by dim_question.display_order
