select
    recommendation_no,
    part,
    theme,
    criterion_code,
    addressed_to,
    status,
    status_on,
    due_on
from marts.fct_recommendation
where inspection_id = getvariable('inspection_id') and is_latest
order by recommendation_no
