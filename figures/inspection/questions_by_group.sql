select
    sample_group.sample_group,
    sample_group.sample_group_title,
    question.question_code,
    question.question_text,
    score.published,
    score.proportion,
    score.above_line_cases,
    score.relevant_cases,
    score.ci_low,
    score.ci_high,
    score.reliability,
    score.figure_status
from marts.fct_question_score as score
inner join marts.dim_question as question using (framework_code, criterion_code, question_code)
inner join marts.dim_sample_group as sample_group using (sample_group)
where score.inspection_id = getvariable('inspection_id')
order by sample_group.display_order, question.display_order
