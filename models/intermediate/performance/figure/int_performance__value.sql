-- Units differ only here (performance specification, periods and national figures). A month is a period of one month
-- in. A stock is the same people in every month, so that they count once in its interval, as their mean.
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
        end as denominator,
        case when measures.is_stock = 1 then sums.months_in else 1 end as times_counted,
        measures.numerator_counts_people + measures.denominator_counts_people = 2 as counts_people
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

counted as (
    select
        *,
        case when counts_people and unit = 'proportion' then numerator / times_counted end as people_in_numerator,
        case when counts_people and unit = 'proportion' then denominator / times_counted end as people
    from valued
),

final as (
    select
        pool_code,
        measure_code,
        performance_year,
        period_month,
        period,
        months_in,
        unit,
        numerator,
        denominator,
        value,
        case when unit = 'days_per_head' then value * 12 / months_in else value end as scaled_value,
        people,
        {{ wilson_low('people_in_numerator', 'people') }} as ci_low,
        {{ wilson_high('people_in_numerator', 'people') }} as ci_high
    from counted
)

select * from final
