-- Years that have ended only: from one month to the next a group gains few.
{% set row_figures = ['numerator', 'value', 'ci_low', 'ci_high', 'area_value', 'difference'] %}

with figures as (
    select * from {{ ref('fct_performance_equality') }}
    where month(period_month) = 3
),

disclosure as (
    select * from {{ ref('int_disclosure__equality') }}
),

disclosed as (
    select
        figures.*,
        disclosure.is_suppressed,
        disclosure.is_count_suppressed,
        {{ gives_areas_away('disclosure.is_suppressed', 'national', 'figures.denominator') }} as is_national_suppressed
    from figures
    inner join disclosure
        on
            figures.area_code = disclosure.area_code
            and figures.measure_code = disclosure.measure_code
            and figures.performance_year = disclosure.performance_year
            and figures.characteristic = disclosure.characteristic
            and figures.category = disclosure.category
    window
        national as (
            partition by
                figures.measure_code, figures.performance_year, figures.characteristic, figures.category
        )
),

final as (
    select
        area_code,
        measure_code,
        performance_year,
        period_month,
        characteristic,
        category,
        {{ unless_suppressed('denominator', 'is_count_suppressed') }} as denominator,
        {{ figure_status('denominator', 'not_available', 'is_count_suppressed') }} as denominator_status,
        {% for figure in row_figures %}
        {{ unless_suppressed(figure) }} as {{ figure }},
        {% endfor %}
        {{ figure_status('value', 'not_applicable') }} as figure_status,
        {{ unless_suppressed('round(national_value, 2)', 'is_national_suppressed') }} as national_value,
        {{ figure_status('national_value', 'not_applicable', 'is_national_suppressed') }} as national_status
    from disclosed
)

select * from final
