-- Published counts of a period, and their sums to date: from April, where every period since then is published. A
-- measure without figures of the nation has the sum of its areas. Staff in post are averaged over the months.
with counts as (
    select * from {{ ref('public_fct_published_count') }}
    where characteristic = 'none'
),

measures as (
    select * from {{ ref('measures') }}
),

months as (
    select * from {{ ref('rel_month') }}
),

periods as (
    select distinct
        period,
        months
    from {{ ref('rel_measure_period') }}
),

own as (
    select
        counts.*,
        case when counts.side_is = 'missed' then counts.base - counts.side else counts.side end as numerator,
        periods.months
    from counts
    inner join periods
        on counts.period = periods.period
),

pooled as (
    select
        measure_code,
        pool_code,
        pool,
        period,
        performance_year,
        first_month,
        period_month,
        months,
        base,
        numerator,
        area_months_in,
        area_months
    from own
    union all
    select
        own.measure_code,
        'ENW' as pool_code,
        'nation' as pool,
        own.period,
        own.performance_year,
        own.first_month,
        own.period_month,
        own.months,
        {{ exact_sum('own.base') }} as base,
        {{ exact_sum('own.numerator') }} as numerator,
        cast(sum(own.area_months_in) as int) as area_months_in,
        cast(sum(own.area_months) as int) as area_months
    from own
    inner join measures
        on own.measure_code = measures.measure_code
    where measures.public_nation_period is null and own.pool = 'area'
    group by own.measure_code, own.period, own.performance_year, own.first_month, own.period_month, own.months
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
