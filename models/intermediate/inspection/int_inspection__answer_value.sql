-- Made here, once a group and question, so that the pass over the judgements only adds. Sixteen places in 64 bits are
-- quick to add and leave a standard error exact to ten figures.
with coefficients as (
    select * from {{ ref('int_inspection__score_coefficient') }}
    where level in ('criterion', 'thread')
),

counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

final as (
    select
        coefficients.inspection_id,
        coefficients.sample_group,
        coefficients.level,
        coefficients.code,
        coefficients.question_code,
        cast(
            coefficients.coefficient * (1 - counts.proportion) / counts.relevant_cases as decimal(18, 16)
        ) as above_line,
        cast(-coefficients.coefficient * counts.proportion / counts.relevant_cases as decimal(18, 16)) as below_line
    from coefficients
    inner join counts
        on
            coefficients.inspection_id = counts.inspection_id
            and coefficients.sample_group = counts.sample_group
            and coefficients.question_code = counts.question_code
)

select * from final
