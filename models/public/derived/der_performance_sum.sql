-- Published counts of a period, and their sums to date: from April, where every period since then is published.
with pooled as (
    select * from {{ ref('der_performance_count') }}
),

months as (
    select * from {{ ref('rel_month') }}
),

to_date as (
    select
        latest.measure_code,
        latest.pool_code,
        latest.pool,
        'to_date' as period,
        latest.performance_year,
        min(parts.first_month) as first_month,
        latest.period_month,
        cast(sum(parts.months) as int) as months,
        {{ exact_sum('parts.base') }} as base,
        {{ exact_sum('parts.numerator') }} as numerator,
        cast(sum(parts.area_months_in) as int) as area_months_in,
        cast(sum(parts.area_months) as int) as area_months
    from pooled as latest
    inner join pooled as parts
        on
            latest.measure_code = parts.measure_code
            and latest.pool_code = parts.pool_code
            and latest.period = parts.period
            and latest.performance_year = parts.performance_year
            and latest.period_month >= parts.period_month
    inner join months
        on latest.period_month = months.month_start
    group by
        latest.measure_code,
        latest.pool_code,
        latest.pool,
        latest.performance_year,
        latest.period_month,
        months.place_from_april
    having sum(parts.months) = months.place_from_april
),

final as (
    select * from pooled
    union all
    select * from to_date
)

select * from final
