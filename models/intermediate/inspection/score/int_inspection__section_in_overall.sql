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

sections as (
    select * from {{ ref('sections') }}
    where overall_weight is not null
),

overall as (
    select * from {{ ref('int_inspection__overall_part') }}
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
