-- All measures but ENF and PPO_TIME are of the same cases, so a group of them is one cell, suppressed where any of their
-- counts is small; ROH_TIME's cases are those at high and very high risk together. Appointments follow their cases.
{% set whole = 'area_code, performance_year, cases_of, characteristic' %}

with figures as (
    select * from {{ ref('fct_performance_equality') }}
),

measures as (
    select * from {{ ref('public_measures') }}
),

counted as (
    select
        figures.area_code,
        figures.performance_year,
        case when figures.measure_code in ('ENF', 'PPO_TIME') then figures.measure_code else 'all' end as cases_of,
        figures.characteristic,
        figures.category,
        max(figures.denominator) as cases,
        max(case when {{ too_small([
            'figures.numerator', 'figures.denominator', 'figures.denominator - figures.numerator'
        ]) }} then 1 else 0 end) = 1 as is_suppressed,
        figures.characteristic = 'risk_of_harm' and figures.category in ('H', 'V') as is_high
    from figures
    inner join measures
        on figures.measure_code = measures.measure_code
    where measures.denominator_counts_people = 1
    group by
        figures.area_code,
        figures.performance_year,
        case when figures.measure_code in ('ENF', 'PPO_TIME') then figures.measure_code else 'all' end,
        figures.characteristic,
        figures.category
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
