-- Questions are read by number within their criterion (1.2.9 before 1.2.10), a summary question after the others.
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
    in_follow_up,
    cast(row_number() over (
        partition by framework_code
        order by
            criterion_code,
            is_summary,
            coalesce(try_cast(substr(question_code, length(criterion_code) + 2) as int), 0),
            question_code
    ) as int) as display_order
from {{ ref('questions') }}
