with scores as (
    select question_scores.*
    from {{ ref('fct_question_score') }} as question_scores
    inner join {{ ref('sample_groups') }} as sample_groups
        on question_scores.sample_group = sample_groups.sample_group
    where sample_groups.is_follow_up_pair = 1
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is not null
),

final as (
    select
        inspections.inspection_id,
        after.question_code,
        inspections.follow_up_of as original_inspection_id,
        inspections.framework_code,
        after.criterion_code,
        before.relevant_cases as original_relevant_cases,
        before.above_line_cases as original_above_line_cases,
        before.proportion as original_proportion,
        before.published as original_published,
        after.relevant_cases,
        after.above_line_cases,
        after.proportion,
        after.published,
        after.proportion - before.proportion as change
    from inspections
    inner join scores as after
        on inspections.inspection_id = after.inspection_id
    left join scores as before
        on
            inspections.follow_up_of = before.inspection_id
            and after.framework_code = before.framework_code
            and after.question_code = before.question_code
)

select * from final
