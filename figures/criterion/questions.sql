select
    question_code,
    question_text,
    weight,
    is_summary,
    roh_thread as is_in_thread,
    in_follow_up as is_in_follow_up,
    evidence,
    applies_to
from marts.dim_question
where framework_code = getvariable('framework_code') and criterion_code = getvariable('criterion_code')
order by display_order
