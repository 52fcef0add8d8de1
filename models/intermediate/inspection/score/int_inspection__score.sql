-- Coefficients are rounded to doubles, and answers all above the line could add up to a hair over 1.
{% set floor -%}
    coefficients.coefficient * coefficients.coefficient * (counts.relevant_cases + 0.5)
    / (2 * counts.relevant_cases * (counts.relevant_cases + 1) * (counts.relevant_cases + 1))
{%- endset %}
{% set squares = 'coefficients.coefficient * coefficients.coefficient / counts.relevant_cases' %}
{% set weight_below = 'case when counts.relevant_cases < $ then coefficients.coefficient else 0 end' %}

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
        least(cast(1 as double), {{ exact_sum('coefficients.coefficient * counts.proportion') }}) as score,
        min(counts.proportion) = 1 or max(counts.proportion) = 0 as is_at_end,
        {{ exact_sum('case when counts.proportion in (0, 1) then ' ~ floor ~ ' else 0 end') }} as variance_floor,
        {{ exact_sum(squares) }} as squares_by_cases,
        {{ exact_sum(weight_below | replace('$', var('fewest_relevant_cases'))) }} as weight_on_too_few,
        {{ exact_sum(weight_below | replace('$', var('reliable_relevant_cases'))) }} as weight_on_few
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
