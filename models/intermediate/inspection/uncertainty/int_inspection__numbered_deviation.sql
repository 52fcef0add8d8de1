-- The linearised value of a case (statistics specification): sum over questions of coefficient x
-- (above - proportion x relevant) /
-- relevant cases. The one pass over the judgements; a section's and an overall's values are sums of their criteria's.
-- The values are decimals, so their sum is exact.
with judgements as (
    select * from {{ ref('int_inspection__judgement') }}
    where is_relevant
),

case_numbers as (
    select * from {{ ref('int_inspection__case_number') }}
),

answer_values as (
    select * from {{ ref('int_inspection__answer_value') }}
),

cases_numbered as (
    select distinct
        inspection_id,
        case_key,
        case_no
    from case_numbers
),

answers as (
    select
        cases_numbered.inspection_id,
        cases_numbered.case_no,
        judgements.question_code,
        judgements.is_above_line
    from judgements
    inner join cases_numbered
        on judgements.case_key = cases_numbered.case_key
),

final as (
    select
        case_numbers.inspection_id,
        case_numbers.group_no,
        case_numbers.case_no,
        answer_values.level,
        answer_values.code,
        cast(sum(
            case when answers.is_above_line then answer_values.above_line else answer_values.below_line end
        ) as double) as deviation
    from answers
    inner join case_numbers
        on
            answers.inspection_id = case_numbers.inspection_id
            and answers.case_no = case_numbers.case_no
    inner join answer_values
        on
            case_numbers.inspection_id = answer_values.inspection_id
            and case_numbers.group_no = answer_values.group_no
            and answers.question_code = answer_values.question_code
    group by
        case_numbers.inspection_id,
        case_numbers.group_no,
        case_numbers.case_no,
        answer_values.level,
        answer_values.code
)

select * from final
