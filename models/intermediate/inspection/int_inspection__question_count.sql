with judgements as (
    select * from {{ ref('int_inspection__judgement') }}
),

case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

questions as (
    select * from {{ ref('questions') }}
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

counted as (
    select
        case_groups.inspection_id,
        case_groups.sample_group,
        judgements.question_code,
        count(*) filter (where judgements.is_relevant) as relevant_cases,
        count(*) filter (where judgements.is_above_line) as above_line_cases
    from judgements
    inner join case_groups
        on
            judgements.inspection_id = case_groups.inspection_id
            and judgements.case_key = case_groups.case_key
    group by case_groups.inspection_id, case_groups.sample_group, judgements.question_code
),

final as (
    select
        counted.inspection_id,
        counted.sample_group,
        inspections.framework_code,
        questions.criterion_code,
        counted.question_code,
        counted.relevant_cases,
        counted.above_line_cases,
        cast(counted.above_line_cases as double) / nullif(cast(counted.relevant_cases as double), 0) as proportion
    from counted
    inner join inspections
        on counted.inspection_id = inspections.inspection_id
    inner join questions
        on
            inspections.framework_code = questions.framework_code
            and counted.question_code = questions.question_code
    inner join sample_groups
        on counted.sample_group = sample_groups.sample_group
    where sample_groups.follow_up_questions_only = 0 or questions.in_follow_up = 1
)

select * from final
