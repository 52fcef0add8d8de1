select
    inspection_id,
    sample_group,
    question_code,
    framework_code,
    criterion_code,
    relevant_cases,
    above_line_cases,
    proportion
from {{ ref('int_inspection__question_count') }}
