-- Coefficients are rounded to doubles, and answers all above the line could add up to a hair over 1.
with coefficients as (
    select * from {{ ref('int_inspection__score_coefficient') }}
),

counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

final as (
    select
        coefficients.inspection_id,
        coefficients.sample_group,
        counts.framework_code,
        coefficients.level,
        coefficients.code,
        count(*) as scored_questions,
        min(counts.relevant_cases) as fewest_relevant_cases,
        least(cast(1 as double), {{ exact_sum('coefficients.coefficient * counts.proportion') }}) as score
    from coefficients
    inner join counts
        on
            coefficients.inspection_id = counts.inspection_id
            and coefficients.sample_group = counts.sample_group
            and coefficients.question_code = counts.question_code
    group by
        coefficients.inspection_id,
        coefficients.sample_group,
        counts.framework_code,
        coefficients.level,
        coefficients.code
)

select * from final
