-- Measures of all cases are of the same ones, and so is ROH_TIME at high and very high risk: how many a group has must
-- hold for them together.
{% set whole = 'area_code, performance_year, cases_of, characteristic' %}

with figures as (
    select
        *,
        {{ cases_of_measure() }} as cases_of
    from {{ ref('fct_performance_equality') }}
),

measures as (
    select * from {{ ref('public_measures') }}
    where denominator_counts_people = 1
),

cells as (
    select
        figures.area_code,
        figures.performance_year,
        figures.cases_of,
        figures.characteristic,
        figures.category,
        max(figures.denominator) as cases
    from figures
    inner join measures
        on figures.measure_code = measures.measure_code
    group by
        figures.area_code,
        figures.performance_year,
        figures.cases_of,
        figures.characteristic,
        figures.category
),

counted as (
    select
        *,
        characteristic = 'risk_of_harm' and category in ('H', 'V') as is_high,
        {{ too_small(['cases']) }} as is_suppressed
    from cells
),

{% for step, before, partition in [
    ('within_pairs', 'counted', whole ~ ', is_high'),
    ('within_areas', 'within_pairs', whole),
    ('final', 'within_areas', whole ~ ', is_high'),
] %}
{{ step }} as (
    select
        {{ whole }},
        category,
        cases,
        is_high,
        {{ also_suppressed(partition, 'cases', 'is_suppressed', 'category') }} as is_suppressed
    from {{ before }}
){{ ',' if not loop.last }}

{% endfor %}
select * from final
