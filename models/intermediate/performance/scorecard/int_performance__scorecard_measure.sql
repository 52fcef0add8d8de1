-- What each unit earns on each measure of the scorecard that is valid in the year. A measure that cannot be scored
-- keeps its row with the reason and earns nothing, not zero.
with units as (
    select * from {{ ref('int_performance__scorecard_unit') }}
),

measures as (
    select
        measures.measure_code,
        measures.valid_from,
        measures.valid_to,
        weights.weight,
        weights.cap
    from {{ ref('measures') }} as measures
    left join {{ ref('scorecard_weights') }} as weights
        on measures.measure_code = weights.measure_code
    where measures.in_scorecard = 1
),

figures as (
    select * from {{ ref('int_performance__figure') }}
    where period = 'to_date'
),

expected as (
    select
        units.*,
        measures.measure_code,
        measures.weight,
        measures.cap
    from units
    cross join measures
    where
        units.performance_year >= coalesce(measures.valid_from, units.performance_year)
        and units.performance_year <= coalesce(measures.valid_to, units.performance_year)
),

final as (
    select
        expected.*,
        figures.scaled_value,
        figures.target,
        figures.direction,
        figures.achievement,
        figures.status,
        coalesce(figures.months_in, 0) as months_in,
        {{ capped_achievement('figures.achievement', 'figures.scaled_value', 'figures.direction', 'expected.cap') }}
            as capped_achievement,
        case
            when figures.pool_code is null then 'not delivered'
            when figures.target = 0 or (figures.unit = 'count_vs_target' and figures.denominator = 0) then 'target of 0'
            when figures.target is null then 'no target'
            when figures.achievement is null then 'nothing to count'
        end as missing_because
    from expected
    left join figures
        on
            expected.unit_code = figures.pool_code
            and expected.measure_code = figures.measure_code
            and expected.period_month = figures.period_month
)

select * from final
