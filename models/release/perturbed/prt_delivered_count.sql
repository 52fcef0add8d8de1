-- Returns that are published as delivered, as service volumes: of areas, and of regions and the nation as their sums.
with figures as (
    select * from {{ ref('fct_performance_month') }}
),

measures as (
    select * from {{ ref('measures') }}
    where public_as = 'delivered'
),

pools as (
    select * from {{ ref('rel_pool') }}
),

periods as (
    select * from {{ ref('cnt_period') }}
),

final as (
    select
        periods.measure_code,
        periods.pool_code,
        periods.period,
        periods.period_month,
        'none' as characteristic,
        'all' as category,
        'counted' as side_is,
        'delivered' as base_is,
        {{ exact_sum('figures.denominator') }} as base,
        {{ exact_sum('figures.numerator') }} as side,
        periods.pool,
        periods.performance_year,
        periods.first_month,
        periods.area_months_in,
        periods.area_months
    from periods
    inner join measures
        on periods.measure_code = measures.measure_code
    inner join pools
        on periods.pool_code = pools.pool_code
    inner join figures
        on
            periods.measure_code = figures.measure_code
            and pools.area_code = figures.area_code
            and figures.period_month between periods.first_month and periods.period_month
    group by
        periods.measure_code,
        periods.pool_code,
        periods.pool,
        periods.period,
        periods.performance_year,
        periods.first_month,
        periods.period_month,
        periods.area_months_in,
        periods.area_months
)

select * from final
