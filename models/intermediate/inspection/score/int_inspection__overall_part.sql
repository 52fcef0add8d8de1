{{ config(materialized='view') }}

-- The overall score of a programme is named after the sections that it covers (BCD).
with frameworks as (
    select * from {{ ref('frameworks') }}
    where overall_method = 'weighted_by_section'
),

sections as (
    select * from {{ ref('sections') }}
    where overall_weight is not null
),

final as (
    select
        sections.framework_code,
        {{ concat_in_order('sections.section_code') }} as overall_code,
        count(*) as section_count,
        sum(sections.overall_weight) as total_weight
    from sections
    inner join frameworks
        on sections.framework_code = frameworks.framework_code
    group by sections.framework_code
)

select * from final
