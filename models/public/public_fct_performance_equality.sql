-- Years that have ended only: from one month to the next a group gains few. Cases without an ethnicity code are ETH's
-- complement, and those at high risk ROH_TIME's cases, so where these are not shown of the area, neither are they here.
{% set row_figures = ['numerator', 'denominator', 'value', 'ci_low', 'ci_high', 'area_value', 'difference'] %}

with figures as (
    select
        *,
        case when measure_code in ('ENF', 'PPO_TIME') then measure_code else 'all' end as cases_of,
        case
            when measure_code not in ('CMP', 'ETH') then measure_code
            when characteristic = 'ethnicity_group' then 'ETH'
            when characteristic = 'risk_of_harm' then 'ROH_TIME'
            else measure_code
        end as follows_measure
    from {{ ref('fct_performance_equality') }}
    where month(period_month) = 3
),

cells as (
    select * from {{ ref('int_disclosure__equality_cell') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__performance') }}
),

disclosed as (
    select
        figures.*,
        cells.is_suppressed or own.is_to_date_suppressed or followed.is_to_date_suppressed as is_suppressed
    from figures
    inner join cells
        on
            figures.area_code = cells.area_code
            and figures.performance_year = cells.performance_year
            and figures.cases_of = cells.cases_of
            and figures.characteristic = cells.characteristic
            and figures.category = cells.category
    {% for name, measure in [('own', 'measure_code'), ('followed', 'follows_measure')] %}
    inner join disclosure as {{ name }}
        on
            figures.area_code = {{ name }}.area_code
            and figures.{{ measure }} = {{ name }}.measure_code
            and figures.period_month = {{ name }}.period_month
    {% endfor %}
),

judged as (
    select
        *,
        {{ gives_areas_away('is_suppressed', 'denominator', 'national') }} as is_national_suppressed
    from disclosed
    window national as (partition by measure_code, performance_year, characteristic, category)
),

final as (
    select
        area_code,
        measure_code,
        performance_year,
        period_month,
        characteristic,
        category,
        {% for figure in row_figures %}
        {{ unless_suppressed(figure) }} as {{ figure }},
        {% endfor %}
        {{ figure_status('value', 'not_applicable') }} as figure_status,
        {{ unless_suppressed('round(national_value, 2)', 'is_national_suppressed') }} as national_value,
        {{ figure_status('national_value', 'not_applicable', 'is_national_suppressed') }} as national_status
    from judged
)

select * from final
