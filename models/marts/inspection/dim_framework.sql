select
    framework_code,
    framework_name,
    programme_start,
    answer_scale,
    criterion_method,
    cast(summary_share as double) as summary_share,
    section_method,
    overall_method,
    rating_scale
from {{ ref('frameworks') }}
