-- Stand-downs distort completions, so neither is shown without the other (performance specification, unpaid work). Each
-- maximum is over the one figure of its measure.
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

with figures as (
    select * from {{ ref('int_performance__comparison') }}
    where measure_code in ('STAND', 'ECP') and period in ('month', 'to_date')
),

areas as (
    select area_code from {{ ref('dim_area') }}
),

final as (
    select
        areas.area_code,
        figures.performance_year,
        figures.period_month,
        figures.period,
        {% for measure_code, columns in columns_by_measure.items() %}
        {% for column, name in columns %}
        max(case when figures.measure_code = '{{ measure_code }}' then figures.{{ column }} end) as {{ name }},
        {% endfor %}
        {% endfor %}
        figures.months_due
    from figures
    inner join areas
        on figures.pool_code = areas.area_code
    group by areas.area_code, figures.performance_year, figures.period_month, figures.period, figures.months_due
)

select * from final
