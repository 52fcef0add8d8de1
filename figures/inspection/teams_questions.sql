select
    score.team_code,
    question.question_code,
    question.question_text,
    score.relevant_cases,
    score.above_line_cases,
    score.proportion,
    score.ci_low,
    score.ci_high,
    score.reliability,
    score.figure_status
from marts.fct_team_question as score
inner join marts.dim_question as question using (framework_code, criterion_code, question_code)
where score.inspection_id = getvariable('inspection_id')
order by question.display_order, score.team_code
