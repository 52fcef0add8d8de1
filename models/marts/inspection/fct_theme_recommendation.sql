select
    theme_code,
    recommendation_no,
    theme,
    addressed_to,
    due_on,
    status,
    status_on
from {{ ref('int_inspection__current_theme_recommendation') }}
where missing_parent is null
