{{ config(materialized='view') }}

with deviations as (
    select * from {{ ref('int_inspection__case_deviation') }}
),

in_section as (
    select
        deviations.inspection_id,
        deviations.sample_group,
        criterion_in_section.section_code,
        deviations.case_key,
        {{ exact_sum('criterion_in_section.coefficient * deviations.deviation') }} as deviation
    from deviations
    inner join {{ ref('int_inspection__criterion_in_section') }} as criterion_in_section
        on
            deviations.inspection_id = criterion_in_section.inspection_id
            and deviations.sample_group = criterion_in_section.sample_group
            and deviations.code = criterion_in_section.criterion_code
    where deviations.level = 'criterion'
    group by
        deviations.inspection_id, deviations.sample_group, criterion_in_section.section_code, deviations.case_key
),

in_overall as (
    select
        in_section.inspection_id,
        in_section.sample_group,
        section_in_overall.overall_code,
        in_section.case_key,
        {{ exact_sum('section_in_overall.coefficient * in_section.deviation') }} as deviation
    from in_section
    inner join {{ ref('int_inspection__section_in_overall') }} as section_in_overall
        on
            in_section.inspection_id = section_in_overall.inspection_id
            and in_section.sample_group = section_in_overall.sample_group
            and in_section.section_code = section_in_overall.section_code
    group by
        in_section.inspection_id, in_section.sample_group, section_in_overall.overall_code, in_section.case_key
),

final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        case_key,
        deviation
    from deviations

    union all

    select
        inspection_id,
        sample_group,
        'section' as level,
        section_code as code,
        case_key,
        deviation
    from in_section

    union all

    select
        inspection_id,
        sample_group,
        'overall' as level,
        overall_code as code,
        case_key,
        deviation
    from in_overall
)

select * from final
