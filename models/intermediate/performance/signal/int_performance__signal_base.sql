-- What is judged and the months before it, which it is set against: each month by itself, and the last six together. A
-- base never holds what it is compared with.
with figures as (
    select * from {{ ref('int_performance__value') }}
    where period = 'month' and unit = 'proportion' and value is not null
),

areas as (
    select area_code from {{ ref('areas') }}
),

months as (
    select
        areas.area_code,
        figures.*,
        year(figures.period_month) * 12 + month(figures.period_month) as month_number
    from figures
    inner join areas
        on figures.pool_code = areas.area_code
),

windowed as (
    {{ judged_and_base('months', 'month', 1) }}
    union all
    {{ judged_and_base('months', 'six months', var('signal_pooled_months')) }}
),

final as (
    select
        area_code,
        measure_code,
        signal_rule,
        period_month,
        performance_year,
        month_number,
        numerator,
        denominator,
        value,
        judged_months,
        judged_numerator,
        judged_denominator,
        judged_pairs,
        baseline_from,
        baseline_months,
        baseline_numerator,
        baseline_denominator,
        baseline_squares
    from windowed
    where judged_months = months_of_rule
)

select * from final
