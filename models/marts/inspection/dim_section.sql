select
    framework_code,
    section_code,
    section_title,
    scoring,
    cast(overall_weight as double) as overall_weight
from {{ ref('sections') }}
