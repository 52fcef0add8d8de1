with counts as (
    select * from {{ ref('int_inspection__question_count') }}
    where relevant_cases > 0
),

thread_questions as (
    select thread_questions.*
    from {{ ref('thread_questions') }} as thread_questions
    inner join {{ ref('int_inspection__scored_question') }} as questions
        on
            thread_questions.framework_code = questions.framework_code
            and thread_questions.question_code = questions.question_code
),

criteria as (
    select * from {{ ref('criteria') }}
),

thread_sections as (
    select * from {{ ref('thread_sections') }}
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where criterion_level_only = 0
),

final as (
    select
        counts.inspection_id,
        counts.sample_group,
        thread_questions.thread_code,
        counts.question_code,
        cast(1 as double)
        / cast(count(*) over (
            partition by counts.inspection_id, counts.sample_group, thread_questions.thread_code
        ) as double) as coefficient
    from counts
    inner join thread_questions
        on
            counts.framework_code = thread_questions.framework_code
            and counts.question_code = thread_questions.question_code
    inner join criteria
        on
            counts.framework_code = criteria.framework_code
            and counts.criterion_code = criteria.criterion_code
    inner join thread_sections
        on
            criteria.framework_code = thread_sections.framework_code
            and criteria.section_code = thread_sections.section_code
            and thread_questions.thread_code = thread_sections.thread_code
    inner join scored_groups
        on
            counts.inspection_id = scored_groups.inspection_id
            and counts.sample_group = scored_groups.sample_group
)

select * from final
