-- A group's counts, their complement and what all cases have beyond them must all hold.
with counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

sample_groups as (
    select * from {{ ref('int_disclosure__sample_group') }}
),

pooled_groups as (
    select * from {{ ref('sample_groups') }}
    where is_pooled = 1
),

thread_questions as (
    select * from {{ ref('int_inspection__question_in_thread') }}
),

final as (
    select
        counts.inspection_id,
        counts.sample_group,
        counts.question_code,
        counts.criterion_code,
        counts.relevant_cases,
        counts.above_line_cases,
        counts.relevant_cases - counts.above_line_cases as below_line_cases,
        thread_questions.thread_code,
        sample_groups.is_suppressed or {{ too_small([
            'counts.relevant_cases',
            'counts.above_line_cases',
            'counts.relevant_cases - counts.above_line_cases',
            'all_counts.relevant_cases - counts.relevant_cases',
            'all_counts.above_line_cases - counts.above_line_cases',
            'all_counts.relevant_cases - all_counts.above_line_cases - counts.relevant_cases + counts.above_line_cases',
        ]) }} as is_small
    from counts
    inner join pooled_groups
        on counts.sample_group = pooled_groups.sample_group
    inner join sample_groups
        on
            counts.inspection_id = sample_groups.inspection_id
            and counts.sample_group = sample_groups.sample_group
    left join counts as all_counts
        on
            counts.inspection_id = all_counts.inspection_id
            and counts.question_code = all_counts.question_code
            and all_counts.sample_group = 'all'
            and sample_groups.is_of_main_sample
    left join thread_questions
        on
            counts.inspection_id = thread_questions.inspection_id
            and counts.sample_group = thread_questions.sample_group
            and counts.question_code = thread_questions.question_code
)

select * from final
