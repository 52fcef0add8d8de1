-- Published counts of all cases, with what counts.
-- A measure without figures of the nation has the sum of its areas.
with counts as (
    select * from {{ ref('public_fct_published_count') }}
    where characteristic = 'none'
),

measures as (
    select * from {{ ref('measures') }}
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

final as (
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
)

select * from final
