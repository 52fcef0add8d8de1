{% set tolerance = var('float_tolerance') %}
{% set compared = ['target', 'area_value', 'region_value', 'national_value'] %}

with figures as (
    select * from {{ ref('int_performance__table_figure') }}
),

final as (
    select
        area_code,
        performance_year,
        print_order,
        measure_code,
        measure_title,
        printed_unit,
        target,
        area_value,
        region_value,
        national_value,
        unrounded_area_value,
        area_ci_low,
        area_ci_high,
        unrounded_national_value,
        status,
        first_month,
        last_month as period_month,
        months_in,
        case
            when not is_printed then 12
            else cast((year(last_month) - year(first_month)) * 12 + month(last_month) - month(first_month) + 1 as int)
        end as table_months,
        figure_status,
        {% for column in compared %}
        printed_{{ column }},
        {% endfor %}
        case
            when not is_printed then null
            {% for column in compared %}
            when printed_{{ column }} is not null and {{ column }} is null then 'not derivable'
            {% endfor %}
            {% for column in compared %}
            when coalesce(abs({{ column }} - printed_{{ column }}), 0) > {{ tolerance }} then 'inconsistent'
            {% endfor %}
            else 'consistent'
        end as verdict,
        note,
        source
    from figures
)

select * from final
