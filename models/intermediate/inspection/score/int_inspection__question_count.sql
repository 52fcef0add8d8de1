with judgements as (
    select * from {{ ref('int_inspection__judgement') }}
),

scored_cases as (
    select * from {{ ref('int_inspection__scored_case') }}
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
),

questions as (
    select * from {{ ref('questions') }}
),

counted as (
    select
        scored_cases.inspection_id,
        scored_cases.sample_group,
        judgements.question_code,
        count(*) filter (where judgements.is_relevant) as relevant_cases,
        count(*) filter (where judgements.is_above_line) as above_line_cases
    from judgements
    inner join scored_cases
        on judgements.case_key = scored_cases.case_key
    group by scored_cases.inspection_id, scored_cases.sample_group, judgements.question_code
),

final as (
    select
        counted.inspection_id,
        counted.sample_group,
        scored_groups.framework_code,
        questions.criterion_code,
        counted.question_code,
        counted.relevant_cases,
        counted.above_line_cases,
        cast(counted.above_line_cases as double) / nullif(cast(counted.relevant_cases as double), 0) as proportion
    from counted
    inner join scored_groups
        on
            counted.inspection_id = scored_groups.inspection_id
            and counted.sample_group = scored_groups.sample_group
    inner join questions
        on
            scored_groups.framework_code = questions.framework_code
            and counted.question_code = questions.question_code
    where scored_groups.follow_up_questions_only = 0 or questions.in_follow_up = 1
)

select * from final
