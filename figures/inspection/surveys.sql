select
    respondent_group,
    survey_question,
    asked,
    responded,
    response_rate,
    positive,
    positive_share,
    ci_low,
    ci_high,
    figure_status
from marts.fct_survey_result
where inspection_id = getvariable('inspection_id')
order by respondent_group, survey_question
