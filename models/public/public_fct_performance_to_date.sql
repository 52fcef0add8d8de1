-- The whole country less the areas shown is what the others come to. A national figure in whole per cents leaves that
-- open by a hundredth of its denominator: where that is no more than a small count and the others are one or two, it is
-- suppressed.
{% set row_figures = ['numerator', 'denominator', 'value', 'scaled_value', 'difference', 'achievement', 'status'] %}

with figures as (
    select * from {{ ref('fct_performance_to_date') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__performance') }}
),

disclosed as (
    select
        figures.*,
        disclosure.is_to_date_suppressed as is_suppressed,
        coalesce(year_before.is_to_date_suppressed, false) as is_year_before_suppressed,
        sum(case when disclosure.is_to_date_suppressed then 1 else 0 end) over national in (1, 2)
        and coalesce(sum(figures.denominator) over national / 100 <= {{ var('most_suppressed') }}, true)
            as is_national_suppressed
    from figures
    inner join disclosure
        on
            figures.area_code = disclosure.area_code
            and figures.measure_code = disclosure.measure_code
            and figures.period_month = disclosure.period_month
    left join disclosure as year_before
        on
            figures.area_code = year_before.area_code
            and figures.measure_code = year_before.measure_code
            and figures.period_month = {{ add_months('year_before.period_month', 12) }}
    window national as (partition by figures.measure_code, figures.period_month)
),

final as (
    select
        area_code,
        measure_code,
        performance_year,
        period_month,
        {% for figure in row_figures %}
        {{ unless_suppressed(figure) }} as {{ figure }},
        {% endfor %}
        target,
        case when not is_suppressed and not is_year_before_suppressed then change_on_year end as change_on_year,
        {{ unless_suppressed('round(national_value, 2)', 'is_national_suppressed') }} as national_value,
        {{ unless_suppressed('round(national_scaled_value, 2)', 'is_national_suppressed') }} as national_scaled_value,
        months_in,
        months_due,
        {{ figure_status('value', 'not_available') }} as figure_status,
        {{ figure_status('national_value', 'not_available', 'is_national_suppressed') }} as national_status
    from disclosed
)

select * from final
