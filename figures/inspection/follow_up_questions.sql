select
    change.question_code,
    question.question_text,
    change.original_inspection_id,
    change.original_published,
    change.original_proportion,
    change.original_above_line_cases || ' of ' || change.original_relevant_cases as original_counts,
    original.figure_status as original_status,
    change.published,
    change.proportion,
    change.above_line_cases || ' of ' || change.relevant_cases as counts,
    score.figure_status,
    change.change,
    case when original.figure_status = 'shown' then score.figure_status else original.figure_status end as change_status
from marts.fct_follow_up_question as change
inner join marts.dim_question as question using (framework_code, criterion_code, question_code)
left join marts.fct_question_score as original
    on
        change.original_inspection_id = original.inspection_id
        and change.question_code = original.question_code
        and original.sample_group = 'comparable'
left join marts.fct_question_score as score
    on
        change.inspection_id = score.inspection_id
        and change.question_code = score.question_code
        and score.sample_group = 'all'
where change.inspection_id = getvariable('inspection_id')
order by question.display_order
