select
    framework_code,
    section_code,
    criterion_code,
    criterion_title,
    scoring,
    importance,
    cast(weight as double) as weight,
    performance_items
from {{ ref('criteria') }}
