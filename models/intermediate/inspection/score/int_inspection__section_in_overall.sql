-- An overall score exists only where every section with an overall weight has a score; its code names those sections.
with scored_sections as (
    select
        inspection_id,
        sample_group,
        framework_code,
        section_code
    from {{ ref('int_inspection__criterion_in_section') }}
    group by inspection_id, sample_group, framework_code, section_code
),

frameworks as (
    select * from {{ ref('frameworks') }}
    where overall_method = 'weighted_by_section'
),

sections as (
    select * from {{ ref('sections') }}
    where overall_weight is not null
),

overall as (
    select
        sections.framework_code,
        {{ concat_in_order('sections.section_code') }} as overall_code,
        count(*) as section_count,
        sum(sections.overall_weight) as total_weight
    from sections
    inner join frameworks
        on sections.framework_code = frameworks.framework_code
    group by sections.framework_code
),

final as (
    select
        scored_sections.inspection_id,
        scored_sections.sample_group,
        overall.overall_code,
        scored_sections.section_code,
        cast(sections.overall_weight as double) / cast(overall.total_weight as double) as coefficient
    from scored_sections
    inner join sections
        on
            scored_sections.framework_code = sections.framework_code
            and scored_sections.section_code = sections.section_code
    inner join overall
        on scored_sections.framework_code = overall.framework_code
    qualify
        count(*) over (partition by scored_sections.inspection_id, scored_sections.sample_group) = overall.section_count
)

select * from final
