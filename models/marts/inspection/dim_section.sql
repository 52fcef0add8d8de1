select
    framework_code,
    section_code,
    section_title,
    scoring,
    cast(overall_weight as double) as overall_weight,
    cast(row_number() over (partition by framework_code order by section_code) as int) as display_order
from {{ ref('sections') }}
