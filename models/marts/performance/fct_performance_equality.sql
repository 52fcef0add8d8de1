with categories as (
    select * from {{ ref('int_performance__case_group_year') }}
),

figures as (
    select * from {{ ref('int_performance__value') }}
    where period = 'to_date'
),

areas as (
    select area_code from {{ ref('dim_area') }}
),

-- A year counts up to the last month that anyone delivered for it.
years as (
    select
        measure_code,
        performance_year,
        max(period_month) as period_month
    from figures
    group by measure_code, performance_year
),

final as (
    select
        areas.area_code,
        categories.measure_code,
        categories.performance_year,
        years.period_month,
        categories.characteristic,
        categories.category,
        categories.numerator,
        categories.denominator,
        categories.value,
        {{ wilson_low('categories.numerator', 'categories.cases') }} as ci_low,
        {{ wilson_high('categories.numerator', 'categories.cases') }} as ci_high,
        figures.value as area_value,
        categories.value - figures.value as difference,
        national.value as national_value,
        {{ figure_status('categories.value', 'not_applicable', 'categories.denominator') }} as figure_status
    from categories
    inner join areas
        on categories.pool_code = areas.area_code
    inner join years
        on
            categories.measure_code = years.measure_code
            and categories.performance_year = years.performance_year
    inner join figures
        on
            categories.pool_code = figures.pool_code
            and years.measure_code = figures.measure_code
            and years.period_month = figures.period_month
    inner join categories as national
        on
            national.pool_code = 'ENW'
            and categories.measure_code = national.measure_code
            and categories.performance_year = national.performance_year
            and categories.characteristic = national.characteristic
            and categories.category = national.category
)

select * from final
