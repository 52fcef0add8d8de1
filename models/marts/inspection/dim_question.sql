select
    framework_code,
    question_code,
    criterion_code,
    question_text,
    cast(weight as double) as weight,
    is_summary,
    roh_thread,
    evidence,
    applies_to,
    in_follow_up
from {{ ref('questions') }}
