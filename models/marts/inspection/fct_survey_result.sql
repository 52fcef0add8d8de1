with answers as (
    select * from {{ ref('int_inspection__current_survey') }}
    where missing_parent is null
),

final as (
    select
        inspection_id,
        respondent_group,
        survey_question,
        asked,
        responded,
        positive,
        cast(responded as double) / nullif(asked, 0) as response_rate,
        cast(positive as double) / nullif(responded, 0) as positive_share,
        {{ wilson_low('positive', 'responded') }} as ci_low,
        {{ wilson_high('positive', 'responded') }} as ci_high,
        {{ figure_status('positive / nullif(responded, 0)', 'not_applicable', 'responded') }} as figure_status
    from answers
)

select * from final
