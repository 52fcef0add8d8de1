-- Counts of pooled cases with noise: each side beside its base, which all categories of a characteristic share.
with noisy as (
    {{ with_noise('cnt_pool_cell') }}
),

bases as (
    select * from noisy
    where part = 'base'
),

sides as (
    select * from noisy
    where part = 'side'
),

final as (
    select
        bases.framework_code,
        bases.performance_year,
        bases.inspections,
        bases.item,
        coalesce(sides.category, bases.category) as category,
        cast(bases.people + bases.noise as int) as base,
        cast(coalesce(sides.people + sides.noise, 0) as int) as side
    from bases
    left join sides
        on
            bases.framework_code = sides.framework_code
            and bases.performance_year = sides.performance_year
            and bases.inspections = sides.inspections
            and bases.item = sides.item
            and (bases.category = sides.category or bases.item not in ('reconvicted', 'rescored', 'improved'))
)

select * from final
