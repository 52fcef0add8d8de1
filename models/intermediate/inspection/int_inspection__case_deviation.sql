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

groups_numbered as (
    select distinct
        inspection_id,
        sample_group,
        group_no
    from case_numbers
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

values_numbered as (
    select
        answer_values.*,
        groups_numbered.group_no
    from answer_values
    inner join groups_numbered
        on
            answer_values.inspection_id = groups_numbered.inspection_id
            and answer_values.sample_group = groups_numbered.sample_group
),

summed as (
    select
        case_numbers.inspection_id,
        case_numbers.group_no,
        case_numbers.case_no,
        values_numbered.level,
        values_numbered.code,
        cast(sum(
            case when answers.is_above_line then values_numbered.above_line else values_numbered.below_line end
        ) as double) as deviation
    from answers
    inner join case_numbers
        on
            answers.inspection_id = case_numbers.inspection_id
            and answers.case_no = case_numbers.case_no
    inner join values_numbered
        on
            case_numbers.inspection_id = values_numbered.inspection_id
            and case_numbers.group_no = values_numbered.group_no
            and answers.question_code = values_numbered.question_code
    group by
        case_numbers.inspection_id,
        case_numbers.group_no,
        case_numbers.case_no,
        values_numbered.level,
        values_numbered.code
),

final as (
    select
        summed.inspection_id,
        groups_numbered.sample_group,
        summed.level,
        summed.code,
        cases_numbered.case_key,
        summed.deviation
    from summed
    inner join groups_numbered
        on
            summed.inspection_id = groups_numbered.inspection_id
            and summed.group_no = groups_numbered.group_no
    inner join cases_numbered
        on
            summed.inspection_id = cases_numbered.inspection_id
            and summed.case_no = cases_numbered.case_no
)

select * from final
