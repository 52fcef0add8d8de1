{# Stand-downs and completions of unpaid work side by side: stand-downs distort completions, so neither is shown without
   the other (performance specification, unpaid work). Each maximum is over the one figure of its measure. #}
{% macro unpaid_work_summary(figures) %}
    {% set columns_by_measure = {
        'STAND': [
            ('numerator', 'days_stood_down'),
            ('denominator', 'days_instructed'),
            ('value', 'stand_down_share'),
            ('target', 'stand_down_target'),
            ('status', 'stand_down_status'),
            ('national_value', 'stand_down_national_share'),
            ('months_in', 'stand_down_months_in'),
        ],
        'ECP': [
            ('numerator', 'completions'),
            ('denominator', 'completions_target'),
            ('value', 'completions_achievement'),
            ('status', 'completions_status'),
            ('national_value', 'completions_national_achievement'),
            ('months_in', 'completions_months_in'),
        ],
    } %}
    select
        area_code,
        performance_year,
        period_month,
        period,
        {% for measure_code, columns in columns_by_measure.items() %}
        {% for column, name in columns %}
        max(case when measure_code = '{{ measure_code }}' then {{ column }} end) as {{ name }},
        {% endfor %}
        {% endfor %}
        months_due
    from {{ figures }}
    where measure_code in ('STAND', 'ECP') and period in ('month', 'to_date')
    group by area_code, performance_year, period_month, period, months_due
{% endmacro %}
