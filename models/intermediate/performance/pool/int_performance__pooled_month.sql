-- Months of units, areas, regions, family groups and the nation. A count without a target has nothing to be set
-- against, so it is left out wherever anyone pooled has one.
with contributions as (
    select * from {{ ref('int_performance__contribution') }}
),

pooling as (
    select * from {{ ref('int_performance__pooling_year') }}
),

final as (
    select
        pooling.pool_code,
        contributions.measure_code,
        contributions.performance_year,
        contributions.period_month,
        {{ pooled_numerator('contributions.numerator', 'contributions.denominator') }} as numerator,
        {{ exact_sum('contributions.denominator') }} as denominator
    from contributions
    inner join pooling
        on
            contributions.unit_code = pooling.unit_code
            and contributions.performance_year = pooling.performance_year
    group by
        pooling.pool_code,
        contributions.measure_code,
        contributions.performance_year,
        contributions.period_month
)

select * from final
