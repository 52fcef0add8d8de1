select
    question.question_code,
    question.question_text,
    question.weight > 0 as is_scored,
    score.published,
    score.proportion,
    score.above_line_cases || ' of ' || score.relevant_cases as counts,
    score.ci_low,
    score.ci_high,
    score.reliability,
    score.figure_status,
    high.published as high_roh_published,
    high.proportion as high_roh_proportion,
    high.above_line_cases || ' of ' || high.relevant_cases as high_roh_counts,
    coalesce(high.figure_status, 'not_available') as high_roh_status
from marts.fct_question_score as score
inner join marts.dim_question as question using (framework_code, criterion_code, question_code)
left join marts.fct_question_score as high
    on
        score.inspection_id = high.inspection_id
        and score.question_code = high.question_code
        and high.sample_group = 'high_roh'
where score.inspection_id = getvariable('inspection_id') and score.sample_group = 'all'
order by question.display_order
