-- Every case of an area is in one category of each characteristic. Sums above some thousands may differ in their last
-- bit, in which a decimal becomes binary; a case would be a whole one.
{{ config(group='performance') }}
with categories as (
    select
        area_code,
        measure_code,
        period_month,
        characteristic,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from {{ ref('fct_performance_equality') }}
    group by area_code, measure_code, period_month, characteristic
),

areas as (
    select * from {{ ref('fct_performance_to_date') }}
),

final as (
    select
        categories.*,
        areas.numerator as area_numerator,
        areas.denominator as area_denominator
    from categories
    inner join areas
        on
            categories.area_code = areas.area_code
            and categories.measure_code = areas.measure_code
            and categories.period_month = areas.period_month
    where
        abs(categories.numerator - areas.numerator) > 1e-6
        or abs(categories.denominator - areas.denominator) > 1e-6
)

select * from final
