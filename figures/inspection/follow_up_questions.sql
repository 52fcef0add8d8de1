select
    change.question_code,
    question.question_text,
    change.original_published,
    change.original_proportion,
    change.original_above_line_cases || ' of ' || change.original_relevant_cases as original_counts,
    change.published,
    change.proportion,
    change.above_line_cases || ' of ' || change.relevant_cases as counts,
    change.change
from marts.fct_follow_up_question as change
inner join marts.dim_question as question using (framework_code, criterion_code, question_code)
where change.inspection_id = getvariable('inspection_id')
order by question.display_order
