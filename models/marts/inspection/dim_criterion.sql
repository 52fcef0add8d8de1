select
    framework_code,
    section_code,
    criterion_code,
    criterion_title,
    scoring,
    importance,
    cast(weight as double) as weight
from {{ ref('criteria') }}
