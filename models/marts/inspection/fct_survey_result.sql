-- A share is that of the counts where both are known, else the per cent that the report prints.
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
        response_pct,
        positive_pct,
        coalesce(cast(responded as double) / nullif(asked, 0), response_pct / 100) as response_rate,
        coalesce(cast(positive as double) / nullif(responded, 0), positive_pct / 100) as positive_share,
        {{ wilson_low('positive', 'responded') }} as ci_low,
        {{ wilson_high('positive', 'responded') }} as ci_high,
        {{ figure_status('coalesce(positive / nullif(responded, 0), positive_pct)', 'not_applicable', 'responded') }}
            as figure_status
    from answers
)

select * from final
