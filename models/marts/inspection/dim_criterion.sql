select
    framework_code,
    section_code,
    criterion_code,
    criterion_title,
    scoring,
    importance,
    cast(weight as double) as weight,
    performance_items,
    cast(row_number() over (partition by framework_code order by criterion_code) as int) as display_order
from {{ ref('criteria') }}
