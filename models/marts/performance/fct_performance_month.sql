with figures as (
    select * from {{ ref('int_performance__comparison') }}
    where period = 'month'
),

areas as (
    select area_code from {{ ref('dim_area') }}
),

final as (
    select
        areas.area_code,
        figures.measure_code,
        figures.period_month,
        figures.performance_year,
        figures.numerator,
        figures.denominator,
        figures.value,
        figures.people,
        figures.ci_low,
        figures.ci_high,
        figures.scaled_value,
        figures.target,
        figures.difference,
        figures.achievement,
        figures.national_value,
        figures.national_scaled_value,
        figures.region_value,
        figures.region_scaled_value,
        figures.family_group,
        figures.family_value,
        figures.family_scaled_value,
        figures.change_on_year,
        figures.status,
        {{ figure_status('figures.value', 'not_available', 'figures.denominator') }} as figure_status
    from figures
    inner join areas
        on figures.pool_code = areas.area_code
)

select * from final
