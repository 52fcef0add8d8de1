-- Of one thread there is a list so far: the questions flagged roh_thread, in the sections that the thread runs through.
with counts as (
    select * from {{ ref('int_inspection__question_count') }}
    where relevant_cases > 0
),

questions as (
    select * from {{ ref('questions') }}
    where roh_thread = 1
),

criteria as (
    select * from {{ ref('criteria') }}
),

thread_sections as (
    select * from {{ ref('thread_sections') }}
    where thread_code = 'ROH'
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where criterion_level_only = 0
),

final as (
    select
        counts.inspection_id,
        counts.sample_group,
        thread_sections.thread_code,
        counts.question_code,
        cast(1 as double)
        / cast(count(*) over (partition by counts.inspection_id, counts.sample_group) as double) as coefficient
    from counts
    inner join questions
        on
            counts.framework_code = questions.framework_code
            and counts.question_code = questions.question_code
    inner join criteria
        on
            counts.framework_code = criteria.framework_code
            and counts.criterion_code = criteria.criterion_code
    inner join thread_sections
        on
            criteria.framework_code = thread_sections.framework_code
            and criteria.section_code = thread_sections.section_code
    inner join scored_groups
        on
            counts.inspection_id = scored_groups.inspection_id
            and counts.sample_group = scored_groups.sample_group
)

select * from final
