{# Measures of areas as anyone may see them, by month or to date. A figure that is shown is the mart's; pooled figures are
   rounded to two decimals. `more` are the mart's columns that are copied. #}
{% macro public_performance(period, more=[]) -%}
{%- set row_figures = ['numerator', 'denominator', 'value', 'scaled_value', 'difference', 'achievement', 'status'] -%}
{%- set pools = ['national', 'region', 'family'] -%}
with figures as (
    select * from {{ ref('fct_performance_' ~ period) }}
),

disclosure as (
    select * from {{ ref('int_disclosure__performance') }}
),

areas as (
    select * from {{ ref('dim_area') }}
),

disclosed as (
    select
        figures.*,
        disclosure.is_{{ period }}_suppressed as is_suppressed,
        coalesce(year_before.is_{{ period }}_suppressed, false) as is_year_before_suppressed,
        {% for pool in pools %}
        figures.{{ pool }}_value is not null and {{ gives_areas_away(
            'disclosure.is_' ~ period ~ '_suppressed', pool, 'figures.denominator' if pool == 'national' else none
        ) }} as is_{{ pool }}_suppressed
        {{- ',' if not loop.last }}
        {% endfor %}
    from figures
    inner join disclosure
        on
            figures.area_code = disclosure.area_code
            and figures.measure_code = disclosure.measure_code
            and figures.period_month = disclosure.period_month
    inner join areas
        on figures.area_code = areas.area_code
    left join disclosure as year_before
        on
            figures.area_code = year_before.area_code
            and figures.measure_code = year_before.measure_code
            and figures.period_month = {{ add_months('year_before.period_month', 12) }}
    window
        national as (partition by figures.measure_code, figures.period_month),
        region as (partition by figures.measure_code, figures.period_month, areas.region),
        family as (partition by figures.measure_code, figures.period_month, figures.family_group)
),

final as (
    select
        area_code,
        measure_code,
        period_month,
        performance_year,
        {% for figure in row_figures %}
        {{ unless_suppressed(figure) }} as {{ figure }},
        {% endfor %}
        target,
        case when not is_suppressed and not is_year_before_suppressed then change_on_year end as change_on_year,
        family_group,
        {% for pool in pools %}
        {% for figure in [pool ~ '_value', pool ~ '_scaled_value'] %}
        {{ unless_suppressed('round(' ~ figure ~ ', 2)', 'is_' ~ pool ~ '_suppressed') }} as {{ figure }},
        {% endfor %}
        {{ figure_status(pool ~ '_value', 'not_available', 'is_' ~ pool ~ '_suppressed') }} as {{ pool }}_status,
        {% endfor %}
        {% for column in more %}
        {{ column }},
        {% endfor %}
        {{ figure_status('value', 'not_available') }} as figure_status
    from disclosed
)

select * from final
{%- endmacro %}
