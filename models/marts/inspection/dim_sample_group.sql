select
    sample_group,
    display_order,
    sample_group_title,
    rule,
    follow_up_questions_only,
    criterion_level_only
from {{ ref('sample_groups') }}
