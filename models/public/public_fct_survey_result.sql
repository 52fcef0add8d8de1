-- Who did not respond are people too: where they are few, how many were asked is left out, not what was answered.
with results as (
    select * from {{ ref('fct_survey_result') }}
),

disclosed as (
    select
        *,
        {{ too_small(['asked', 'responded', 'asked - responded']) }} as is_response_suppressed,
        {{ too_small(['responded', 'positive', 'responded - positive']) }} as is_suppressed
    from results
),

final as (
    select
        inspection_id,
        respondent_group,
        survey_question,
        {{ unless_suppressed('asked', 'is_response_suppressed') }} as asked,
        {{ unless_suppressed('response_rate', 'is_response_suppressed') }} as response_rate,
        {{ figure_status('response_rate', 'not_applicable', 'is_response_suppressed') }} as response_status,
        case when not (is_suppressed and is_response_suppressed) then responded end as responded,
        {{ unless_suppressed('positive') }} as positive,
        {{ unless_suppressed('positive_share') }} as positive_share,
        {{ unless_suppressed('ci_low') }} as ci_low,
        {{ unless_suppressed('ci_high') }} as ci_high,
        {{ figure_status('positive_share', 'not_applicable') }} as figure_status
    from disclosed
)

select * from final
