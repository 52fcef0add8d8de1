{{ config(alias='fct_scorecard') }}

with measures as (
    select * from {{ ref('public_fct_scorecard_measure') }}
),

scores as (
    {{ scorecard_score('measures') }}
),

ranks as (
    {{ scorecard_rank('scores') }}
),

fresh as (
    select
        ranks.*,
        ranks.score_rank as rank,
        ranks.measures_missing = 0 and ranks.measures_short_of_months = 0 as is_complete,
        cast(ranks.measures_met as double) / nullif(ranks.measures_compared, 0) as measures_met_share,
        round(ranks.score - {{ var('full_bonus_share') }}, 9) >= 0 as qualifies_for_full_bonus,
        year_before.score_rank as rank_year_before,
        year_before.score_rank - ranks.score_rank as places_gained_on_year,
        ranks.score - year_before.score as score_change_on_year
    from ranks
    left join ranks as year_before
        on
            ranks.unit_code = year_before.unit_code
            and ranks.period_month = cast(year_before.period_month + interval 1 year as date)
),

final as (
    {{ frozen('fresh', ['period_month', 'unit_code']) }}
)

select * from final
