select
    recommendation_no,
    theme,
    addressed_to,
    due_on,
    status,
    status_on
from marts.fct_theme_recommendation
where theme_code = getvariable('theme_code')
order by recommendation_no
