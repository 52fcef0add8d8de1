-- Other groups have few cases or overlap: their questions would mostly be suppressed, and their scores are public.
with scores as (
    select * from {{ ref('fct_question_score') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__question') }}
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.question_code,
        scores.framework_code,
        scores.criterion_code,
        {{ unless_suppressed('scores.relevant_cases') }} as relevant_cases,
        {{ unless_suppressed('scores.above_line_cases') }} as above_line_cases,
        {{ unless_suppressed('scores.proportion') }} as proportion,
        {{ unless_suppressed('scores.ci_low') }} as ci_low,
        {{ unless_suppressed('scores.ci_high') }} as ci_high,
        {{ figure_status('scores.proportion', 'not_applicable') }} as figure_status
    from scores
    inner join disclosure
        on
            scores.inspection_id = disclosure.inspection_id
            and scores.sample_group = disclosure.sample_group
            and scores.question_code = disclosure.question_code
)

select * from final
