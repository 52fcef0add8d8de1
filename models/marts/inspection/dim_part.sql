-- Levels in the order in which figures of an inspection are read: questions, criteria, sections, overall, threads.
with overall as (
    select * from {{ ref('int_inspection__overall_part') }}
),

parts as (
    select
        framework_code,
        1 as place,
        'question' as level,
        question_code as code,
        question_text as part_title,
        concat(question_code, ' ', question_text) as label,
        display_order
    from {{ ref('dim_question') }}
    union all
    select
        framework_code,
        2 as place,
        'criterion' as level,
        criterion_code as code,
        criterion_title as part_title,
        concat(criterion_code, ' ', criterion_title) as label,
        0 as display_order
    from {{ ref('criteria') }}
    union all
    select
        framework_code,
        3 as place,
        'section' as level,
        section_code as code,
        section_title as part_title,
        concat(section_code, ' ', section_title) as label,
        0 as display_order
    from {{ ref('sections') }}
    union all
    select
        framework_code,
        4 as place,
        'overall' as level,
        overall_code as code,
        'Overall' as part_title,
        concat('Overall (', overall_code, ')') as label,
        0 as display_order
    from overall
    union all
    select
        framework_code,
        5 as place,
        'thread' as level,
        thread_code as code,
        thread_title as part_title,
        concat(thread_title, ' thread') as label,
        0 as display_order
    from {{ ref('threads') }}
),

final as (
    select
        framework_code,
        level,
        code,
        part_title,
        label,
        cast(row_number() over (
            partition by framework_code
            order by place, display_order, code
        ) as int) as display_order
    from parts
)

select * from final
