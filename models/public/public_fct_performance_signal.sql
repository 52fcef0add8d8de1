-- Mean and limits are of the months before: they, runs and signals are shown where all of those months are.
{% set chart_figures = ['centre', 'lower_limit', 'upper_limit', 'is_outside', 'run_side', 'run_trend', 'signal'] %}

with signals as (
    select * from {{ ref('fct_performance_signal') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__performance') }}
),

disclosed as (
    select
        signals.*,
        disclosure.is_month_suppressed as is_suppressed,
        max(case when disclosure.is_month_suppressed then 1 else 0 end) over (
            partition by signals.area_code, signals.measure_code
            order by year(signals.period_month) * 12 + month(signals.period_month)
            range between {{ var('signal_baseline_months') }} preceding and current row
        ) = 1 as is_chart_suppressed
    from signals
    inner join disclosure
        on
            signals.area_code = disclosure.area_code
            and signals.measure_code = disclosure.measure_code
            and signals.period_month = disclosure.period_month
),

final as (
    select
        area_code,
        measure_code,
        period_month,
        performance_year,
        {% for figure in ['numerator', 'denominator', 'value'] %}
        {{ unless_suppressed(figure) }} as {{ figure }},
        {% endfor %}
        {{ figure_status('value', 'not_available') }} as figure_status,
        months_in_baseline,
        {% for figure in chart_figures %}
        {{ unless_suppressed(figure, 'is_chart_suppressed') }} as {{ figure }},
        {% endfor %}
        {{ figure_status('centre', 'not_applicable', 'is_chart_suppressed') }} as chart_status
    from disclosed
)

select * from final
