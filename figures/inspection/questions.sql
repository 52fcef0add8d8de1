select
    question.criterion_code,
    question.criterion_code || ' ' || coalesce(printed.criterion_title, criterion.criterion_title) as criterion,
    question.question_code,
    question.question_text,
    question.weight > 0 as is_scored,
    score.published,
    score.proportion,
    score.above_line_cases || ' of ' || score.relevant_cases as counts,
    score.ci_low,
    score.ci_high,
    score.reliability, -- staff
    score.is_revised, -- public
    high.published as high_roh_published, -- staff
    high.proportion as high_roh_proportion, -- staff
    high.above_line_cases || ' of ' || high.relevant_cases as high_roh_counts, -- staff
    coalesce(high.figure_status, 'not_available') as high_roh_status, -- staff
    score.figure_status
from marts.fct_question_score as score
inner join marts.dim_question as question using (framework_code, criterion_code, question_code)
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
left join marts.dim_printed_title as printed
    on
        score.inspection_id = printed.inspection_id
        and printed.sample_group = 'all'
        and question.criterion_code = printed.criterion_code
left join marts.fct_question_score as high -- staff
    on -- staff
        score.inspection_id = high.inspection_id -- staff
        and score.question_code = high.question_code -- staff
        and high.sample_group = 'high_roh' -- staff
where score.inspection_id = getvariable('inspection_id') and score.sample_group = 'all'
order by question.display_order
