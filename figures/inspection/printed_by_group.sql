select
    sample_group.sample_group,
    sample_group.sample_group_title,
    question.question_code,
    question.question_text,
    score.published,
    score.proportion,
    score.above_line_cases || ' of ' || score.relevant_cases as counts,
    score.figure_status,
    every.proportion as all_proportion,
    coalesce(every.figure_status, 'not_available') as all_status
from marts.fct_question_score as score
inner join marts.dim_question as question using (framework_code, criterion_code, question_code)
inner join marts.dim_sample_group as sample_group using (sample_group)
left join marts.fct_question_score as every
    on
        score.inspection_id = every.inspection_id
        and score.question_code = every.question_code
        and every.sample_group = 'all'
where
    score.inspection_id = getvariable('inspection_id')
    and score.sample_group not in ('all', 'high_roh')
    and score.published is not null
order by sample_group.display_order, question.display_order
