-- As the figures to date that the measure is scored by. Of London's quadrants, which are no areas, what counts people
-- is not shown.
{% set row_figures = ['scaled_value', 'achievement', 'status', 'capped_achievement', 'points'] %}

with scored as (
    select * from {{ ref('fct_scorecard_measure') }}
),

figures as (
    select * from {{ ref('public_fct_performance_to_date') }}
),

counts as (
    select * from {{ ref('public_measures') }}
),

disclosed as (
    select
        scored.*,
        coalesce(
            figures.figure_status = 'suppressed',
            scored.scaled_value is not null and counts.numerator_counts_people + counts.denominator_counts_people > 0
        ) as is_suppressed
    from scored
    inner join counts
        on scored.measure_code = counts.measure_code
    left join figures
        on
            scored.unit_code = figures.area_code
            and scored.measure_code = figures.measure_code
            and scored.period_month = figures.period_month
),

final as (
    select
        performance_year,
        period_month,
        unit_code,
        unit_name,
        area_code,
        measure_code,
        target,
        direction,
        {% for figure in row_figures %}
        {{ unless_suppressed(figure) }} as {{ figure }},
        {% endfor %}
        months_in,
        months_due,
        weight,
        cap,
        missing_because,
        {{ figure_status('points', 'not_available') }} as figure_status
    from disclosed
)

select * from final
