-- A criterion with a relevant answer to a scored question in a group has a row there: returns the keys that lack it.
-- Counted from the judgements, so that no step on the way to the score can lose one.
{{ config(group='inspection') }}
with expected as (
    select distinct
        case_groups.inspection_id,
        case_groups.sample_group,
        questions.criterion_code
    from {{ ref('fct_judgement') }} as judgements
    inner join {{ ref('int_inspection__case_group') }} as case_groups
        on
            judgements.inspection_id = case_groups.inspection_id
            and judgements.case_key = case_groups.case_key
    inner join {{ ref('dim_sample_group') }} as sample_groups
        on case_groups.sample_group = sample_groups.sample_group
    inner join {{ ref('dim_inspection') }} as inspections
        on judgements.inspection_id = inspections.inspection_id
    inner join {{ ref('dim_question') }} as questions
        on
            inspections.framework_code = questions.framework_code
            and judgements.question_code = questions.question_code
    inner join {{ ref('dim_criterion') }} as criteria
        on
            questions.framework_code = criteria.framework_code
            and questions.criterion_code = criteria.criterion_code
    where
        judgements.is_relevant
        and criteria.scoring = 'percentage'
        and questions.weight > 0
        and (sample_groups.follow_up_questions_only = 0 or questions.in_follow_up = 1)
),

final as (
    select
        expected.inspection_id,
        expected.sample_group,
        expected.criterion_code
    from expected
    left join {{ ref('fct_criterion_score') }} as scores
        on
            expected.inspection_id = scores.inspection_id
            and expected.sample_group = scores.sample_group
            and expected.criterion_code = scores.criterion_code
    where scores.criterion_code is null
)

select * from final
