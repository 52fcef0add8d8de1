-- Units differ only here (performance specification, periods and national figures). A month is a period of one month
-- in.
with sums as (
    select * from {{ ref('int_performance__period_sum') }}
),

measures as (
    select * from {{ ref('measures') }}
),

based as (
    select
        sums.pool_code,
        sums.measure_code,
        sums.performance_year,
        sums.period_month,
        sums.period,
        sums.months_in,
        measures.unit,
        sums.numerator,
        case measures.unit
            when 'count_vs_target' then sums.denominator / 12
            when 'days_per_head' then sums.denominator / sums.months_in
            else sums.denominator
        end as denominator
    from sums
    inner join measures
        on sums.measure_code = measures.measure_code
),

valued as (
    select
        *,
        numerator / nullif(denominator, 0) as value
    from based
),

final as (
    select
        *,
        case when unit = 'days_per_head' then value * 12 / months_in else value end as scaled_value
    from valued
)

select * from final
