-- Stand-downs are days, not people; completions are as public_fct_performance_* have them.
{% set figures = {
    'numerator': 'completions',
    'denominator': 'completions_target',
    'value': 'completions_achievement',
    'status': 'completions_status',
    'national_value': 'completions_national_achievement',
    'figure_status': 'figure_status',
    'national_status': 'national_status',
} %}

with summaries as (
    select * from {{ ref('fct_unpaid_work_summary') }}
),

completions as (
    {% for period in ['month', 'to_date'] %}
    select
        {% for figure, name in figures.items() %}
        {{ figure }} as {{ name }},
        {% endfor %}
        area_code,
        period_month,
        '{{ period }}' as period
    from {{ ref('public_fct_performance_' ~ period) }}
    where measure_code = 'ECP'
    {%- if not loop.last %}

    union all

    {% endif %}
    {% endfor %}
),

final as (
    select
        summaries.area_code,
        summaries.performance_year,
        summaries.period_month,
        summaries.period,
        summaries.days_stood_down,
        summaries.days_instructed,
        summaries.stand_down_share,
        summaries.stand_down_target,
        summaries.stand_down_status,
        round(summaries.stand_down_national_share, 2) as stand_down_national_share,
        summaries.stand_down_months_in,
        {% for name in figures.values() if name.startswith('completions') %}
        completions.{{ name }},
        {% endfor %}
        summaries.completions_months_in,
        summaries.months_due,
        coalesce(completions.figure_status, 'not_available') as figure_status,
        coalesce(completions.national_status, 'not_available') as national_status
    from summaries
    left join completions
        on
            summaries.area_code = completions.area_code
            and summaries.period_month = completions.period_month
            and summaries.period = completions.period
)

select * from final
