-- The linearised value of a case (statistics specification): sum over questions of coefficient x
-- (above - proportion x relevant) /
-- relevant cases. The one pass over the judgements; a section's and an overall's values are sums of their criteria's.
with judgements as (
    select * from {{ ref('int_inspection__judgement') }}
    where is_relevant
),

scored_cases as (
    select * from {{ ref('int_inspection__scored_case') }}
),

answer_values as (
    select * from {{ ref('int_inspection__answer_value') }}
),

final as (
    select
        scored_cases.inspection_id,
        scored_cases.sample_group,
        answer_values.level,
        answer_values.code,
        scored_cases.case_key,
        {{ exact_sum(
            'case when judgements.is_above_line then answer_values.above_line else answer_values.below_line end'
        ) }} as deviation
    from judgements
    inner join scored_cases
        on judgements.case_key = scored_cases.case_key
    inner join answer_values
        on
            scored_cases.inspection_id = answer_values.inspection_id
            and scored_cases.sample_group = answer_values.sample_group
            and judgements.question_code = answer_values.question_code
    group by
        scored_cases.inspection_id,
        scored_cases.sample_group,
        answer_values.level,
        answer_values.code,
        scored_cases.case_key
)

select * from final
