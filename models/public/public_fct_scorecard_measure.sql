{{ config(alias='fct_scorecard_measure') }}
-- Scorecards of whole years: before March some measures have no published figure of an area. London is one unit.

with figures as (
    select * from {{ ref('public_fct_performance_to_date') }}
    where month(period_month) = 3
),

measures as (
    select
        measures.*,
        weights.weight,
        weights.cap
    from {{ ref('measures') }} as measures
    inner join {{ ref('scorecard_weights') }} as weights
        on measures.measure_code = weights.measure_code
    where measures.in_scorecard = 1
),

units as (
    select distinct
        figures.performance_year,
        figures.period_month,
        areas.area_code,
        areas.area_name
    from figures
    inner join {{ ref('areas') }} as areas
        on figures.area_code = areas.area_code
),

earned as (
    select
        units.performance_year,
        units.period_month,
        units.area_code as unit_code,
        units.area_name as unit_name,
        units.area_code,
        measures.measure_code,
        figures.scaled_value,
        figures.target,
        measures.direction,
        figures.achievement,
        figures.status,
        coalesce(figures.months_in, 0) as months_in,
        12 as months_due,
        measures.weight,
        measures.cap,
        {{ capped_achievement('figures.achievement', 'figures.scaled_value', 'measures.direction', 'measures.cap') }}
            as capped_achievement,
        case
            when figures.area_code is null then 'not published'
            when figures.value is null then 'few people'
            when figures.target is null then 'no target'
            when figures.achievement is null then 'target of 0'
        end as missing_because
    from units
    cross join measures
    left join figures
        on
            units.area_code = figures.area_code
            and units.period_month = figures.period_month
            and measures.measure_code = figures.measure_code
    where
        units.performance_year >= coalesce(measures.valid_from, units.performance_year)
        and units.performance_year <= coalesce(measures.valid_to, units.performance_year)
),

fresh as (
    select
        *,
        weight * capped_achievement as points
    from earned
),

final as (
    {{ frozen('fresh', ['period_month', 'unit_code', 'measure_code']) }}
)

select * from final
