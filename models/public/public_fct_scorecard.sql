-- Ranks of unrounded scores, or among all units, would say between which others a suppressed score lies: so these are
-- of the scores shown, as they are shown.
with scores as (
    select * from {{ ref('fct_scorecard') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__scorecard') }}
),

disclosed as (
    select
        scores.*,
        disclosure.is_suppressed,
        disclosure.is_met_suppressed,
        {{ unless_suppressed(whole_percent('scores.score'), 'disclosure.is_suppressed') }} as shown_score
    from scores
    inner join disclosure
        on
            scores.unit_code = disclosure.unit_code
            and scores.period_month = disclosure.period_month
),

final as (
    select
        performance_year,
        period_month,
        unit_code,
        unit_name,
        area_code,
        shown_score as score,
        case
            when not is_suppressed
                then cast(rank() over (
                    partition by period_month, is_suppressed order by shown_score desc
                ) as int)
        end as rank,
        cast(count(shown_score) over (partition by period_month) as int) as units_ranked,
        measures_counted,
        measures_missing,
        measures_short_of_months,
        is_complete,
        {% for figure in ['measures_met', 'measures_met_share', 'qualifies_for_full_bonus'] %}
        {{ unless_suppressed(figure, 'is_met_suppressed') }} as {{ figure }},
        {% endfor %}
        {{ figure_status('measures_met', 'not_available', 'is_met_suppressed') }} as met_status,
        {{ figure_status('shown_score', 'not_available') }} as figure_status
    from disclosed
)

select * from final
