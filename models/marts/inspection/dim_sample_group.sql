select
    sample_group,
    display_order,
    sample_group_title,
    rule,
    follow_up_questions_only = 1 as follow_up_questions_only,
    criterion_level_only = 1 as criterion_level_only
from {{ ref('sample_groups') }}
