-- An inspection counts for as many answers as its cases by the design effect.
with design_effects as (
    select * from {{ ref('int_inspection__design_effect') }}
    where
        inspections >= {{ var('fewest_funnel_inspections') }}
        and pooled_score > 0
        and pooled_score < 1
        and design_effect > 0
),

sizes as (
    select
        framework_code,
        cases
    from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'sample_group' and sample_group = 'all'
    group by framework_code, cases
),

sampled as (
    select
        design_effects.framework_code,
        design_effects.level,
        design_effects.code,
        sizes.cases,
        cast(greatest(1, round(sizes.cases / design_effects.design_effect)) as bigint) as trials,
        design_effects.pooled_score as chance
    from design_effects
    inner join sizes
        on design_effects.framework_code = sizes.framework_code
),

limits as (
    {{ binomial_limits('sampled', ['framework_code', 'level', 'code', 'cases']) }}
),

final as (
    select
        framework_code,
        level,
        code,
        cases,
        limit_95_low,
        limit_95_high,
        limit_998_low,
        limit_998_high
    from limits
)

select * from final
