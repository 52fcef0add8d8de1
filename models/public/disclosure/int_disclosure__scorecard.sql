-- A score in whole per cents leaves the people of a suppressed measure open by a hundredth of what the measure would
-- need to earn its whole weight, times the weights of all. Where that is no more than a small count and one or two
-- measures are suppressed, the score goes with them; the number of measures met goes wherever they are one or two.
with scored as (
    select * from {{ ref('public_fct_scorecard_measure') }}
    where missing_because is null
),

figures as (
    select * from {{ ref('fct_performance_to_date') }}
),

weighed as (
    select
        scored.*,
        figures.target * figures.denominator as people_on_target,
        sum(scored.weight) over (partition by scored.unit_code, scored.period_month) as all_weights
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
        sum(case when figure_status = 'suppressed' then 1 else 0 end) in (1, 2) as is_met_suppressed,
        min(case
            when figure_status = 'suppressed' then coalesce(people_on_target, 0) * all_weights / weight / 100
        end) as people_left_open
    from weighed
    group by unit_code, period_month
),

final as (
    select
        unit_code,
        period_month,
        is_met_suppressed,
        is_met_suppressed and people_left_open <= {{ var('most_suppressed') }} as is_suppressed
    from counted
)

select * from final
