-- Sums over the months of a period: a year to date is sums over sums, never a mean of monthly figures.
with periods as (
    select * from {{ ref('int_performance__period') }}
),

months as (
    select * from {{ ref('int_performance__pooled_month') }}
),

final as (
    select
        periods.pool_code,
        periods.measure_code,
        periods.performance_year,
        periods.period_month,
        periods.period,
        {{ pooled_numerator('months.numerator', 'months.denominator') }} as numerator,
        {{ exact_sum('months.denominator') }} as denominator,
        cast(count(*) as int) as months_in
    from periods
    inner join months
        on
            periods.pool_code = months.pool_code
            and periods.measure_code = months.measure_code
            and periods.performance_year = months.performance_year
            and periods.first_month <= months.period_month
            and periods.period_month >= months.period_month
    group by
        periods.pool_code,
        periods.measure_code,
        periods.performance_year,
        periods.period_month,
        periods.period
)

select * from final
