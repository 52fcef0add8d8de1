-- Figures of areas beside those of the nation and their region for the same period.
with figures as (
    select * from {{ ref('public_fct_performance_period') }}
),

areas as (
    select * from {{ ref('areas') }}
),

final as (
    select
        own.area_code,
        own.measure_code,
        own.performance_year,
        own.period,
        own.period_month,
        own.months,
        own.numerator,
        own.denominator,
        own.value,
        own.people,
        own.ci_low,
        own.ci_high,
        own.scaled_value,
        own.target,
        own.difference,
        own.achievement,
        own.status,
        {% for group in ['national', 'region'] %}
        {{ group }}.value as {{ group }}_value,
        {{ group }}.scaled_value as {{ group }}_scaled_value,
        {% endfor %}
        own.figure_status
    from figures as own
    inner join areas
        on own.area_code = areas.area_code
    {% for group, pool in [('national', "'ENW'"), ('region', "concat('region:', areas.region)")] %}
    left join figures as {{ group }}
        on
            {{ group }}.pool_code = {{ pool }}
            and own.measure_code = {{ group }}.measure_code
            and own.period = {{ group }}.period
            and own.period_month = {{ group }}.period_month
    {% endfor %}
)

select * from final
