-- Made here, once a group and question, so that the pass over the judgements only adds. Sixteen places in 64 bits are
-- quick to add and leave a standard error exact to ten figures.
with coefficients as (
    select * from {{ ref('int_inspection__score_coefficient') }}
    where level in ('criterion', 'thread')
),

counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

groups_numbered as (
    select distinct
        inspection_id,
        sample_group,
        group_no
    from {{ ref('int_inspection__case_number') }}
),

final as (
    select
        coefficients.inspection_id,
        groups_numbered.group_no,
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
    inner join groups_numbered
        on
            coefficients.inspection_id = groups_numbered.inspection_id
            and coefficients.sample_group = groups_numbered.sample_group
)

select * from final
