with in_criterion as (
    select * from {{ ref('int_inspection__question_in_criterion') }}
),

in_section as (
    select
        in_criterion.inspection_id,
        in_criterion.sample_group,
        in_criterion.section_code,
        in_criterion.question_code,
        in_criterion.coefficient * criterion_in_section.coefficient as coefficient
    from in_criterion
    inner join {{ ref('int_inspection__criterion_in_section') }} as criterion_in_section
        on
            in_criterion.inspection_id = criterion_in_section.inspection_id
            and in_criterion.sample_group = criterion_in_section.sample_group
            and in_criterion.criterion_code = criterion_in_section.criterion_code
),

in_overall as (
    select
        in_section.inspection_id,
        in_section.sample_group,
        section_in_overall.overall_code,
        in_section.question_code,
        in_section.coefficient * section_in_overall.coefficient as coefficient
    from in_section
    inner join {{ ref('int_inspection__section_in_overall') }} as section_in_overall
        on
            in_section.inspection_id = section_in_overall.inspection_id
            and in_section.sample_group = section_in_overall.sample_group
            and in_section.section_code = section_in_overall.section_code
),

in_thread as (
    select * from {{ ref('int_inspection__question_in_thread') }}
),

final as (
    select
        inspection_id,
        sample_group,
        'criterion' as level,
        criterion_code as code,
        question_code,
        coefficient
    from in_criterion
    union all
    select
        inspection_id,
        sample_group,
        'section' as level,
        section_code as code,
        question_code,
        coefficient
    from in_section
    union all
    select
        inspection_id,
        sample_group,
        'overall' as level,
        overall_code as code,
        question_code,
        coefficient
    from in_overall
    union all
    select
        inspection_id,
        sample_group,
        'thread' as level,
        thread_code as code,
        question_code,
        coefficient
    from in_thread
)

select * from final
