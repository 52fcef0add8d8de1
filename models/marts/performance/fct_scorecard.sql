-- A quarter before is three months before, also across the end of a year: in June it is the March of the year before.
with ranks as (
    select * from {{ ref('int_performance__scorecard_rank') }}
),

earlier as (
    select
        unit_code,
        score,
        score_rank,
        cast(period_month + interval 3 month as date) as quarter_later,
        cast(period_month + interval 1 year as date) as year_later
    from ranks
),

final as (
    select
        ranks.performance_year,
        ranks.period_month,
        ranks.unit_code,
        ranks.unit_name,
        ranks.area_code,
        ranks.score,
        ranks.score_rank as rank,
        ranks.units_ranked,
        ranks.measures_counted,
        ranks.measures_missing,
        ranks.measures_short_of_months,
        ranks.measures_missing = 0 and ranks.measures_short_of_months = 0 as is_complete,
        ranks.measures_compared,
        ranks.measures_met,
        cast(ranks.measures_met as double) / nullif(ranks.measures_compared, 0) as measures_met_share,
        round(ranks.score - {{ var('full_bonus_share') }}, 9) >= 0 as qualifies_for_full_bonus,
        quarter.score_rank as rank_quarter_before,
        quarter.score_rank - ranks.score_rank as places_gained_on_quarter,
        ranks.score - quarter.score as score_change_on_quarter,
        year_before.score_rank as rank_year_before,
        year_before.score_rank - ranks.score_rank as places_gained_on_year,
        ranks.score - year_before.score as score_change_on_year
    from ranks
    left join earlier as quarter
        on
            ranks.unit_code = quarter.unit_code
            and ranks.period_month = quarter.quarter_later
    left join earlier as year_before
        on
            ranks.unit_code = year_before.unit_code
            and ranks.period_month = year_before.year_later
)

select * from final
