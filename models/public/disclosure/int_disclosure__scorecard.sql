-- A score in whole per cents leaves the people of a suppressed measure open by a hundredth of what the measure would
-- need to earn its whole weight, times the weights of all. Where that is no more than a small count and one or two
-- measures are suppressed, the score goes with them. The number of measures met goes where they are one or two, or all
-- of them or none are met, as it would say so of each.
with scored as (
    select * from {{ ref('public_fct_scorecard_measure') }}
    where missing_because is null
),

figures as (
    select * from {{ ref('fct_performance_to_date') }}
),

weighed as (
    select
        scored.unit_code,
        scored.period_month,
        scored.figure_status = 'suppressed' as is_hidden,
        scored.figure_status = 'suppressed' and coalesce(figures.status = 'met', false) as is_hidden_and_met,
        coalesce(figures.target * figures.denominator, 0) / 100
        * sum(scored.weight) over (partition by scored.unit_code, scored.period_month) / scored.weight
            as people_left_open
    from scored
    left join figures
        on
            scored.unit_code = figures.area_code
            and scored.measure_code = figures.measure_code
            and scored.period_month = figures.period_month
),

counted as (
    select
        unit_code,
        period_month,
        sum(case when is_hidden then 1 else 0 end) as hidden,
        sum(case when is_hidden_and_met then 1 else 0 end) as hidden_and_met,
        min(case when is_hidden then people_left_open end) as people_left_open
    from weighed
    group by unit_code, period_month
),

final as (
    select
        unit_code,
        period_month,
        hidden in (1, 2) and people_left_open <= {{ var('most_suppressed') }} as is_suppressed,
        hidden in (1, 2) or (hidden > 0 and hidden_and_met in (0, hidden)) as is_met_suppressed
    from counted
)

select * from final
