-- Cases without an ethnicity code are ETH's complement, and those at high risk ROH_TIME's cases: where these are not
-- shown of the area, neither is how many cases a group by ethnicity or risk has. Appointments follow their cases.
with figures as (
    select
        *,
        {{ cases_of_measure() }} as cases_of,
        case
            when measure_code in ('CMP', 'ETH') and characteristic = 'ethnicity_group' then 'ETH'
            when measure_code in ('CMP', 'ETH') and characteristic = 'risk_of_harm' then 'ROH_TIME'
            else measure_code
        end as cases_follow
    from {{ ref('fct_performance_equality') }}
),

cells as (
    select * from {{ ref('int_disclosure__equality_cell') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__performance') }}
),

measures as (
    select * from {{ ref('public_measures') }}
),

counted as (
    select
        figures.*,
        cells.is_suppressed or own.is_to_date_suppressed or followed.is_to_date_suppressed as is_count_suppressed,
        measures.numerator_counts_people = 1
        and {{ too_small(['figures.numerator', 'figures.denominator - figures.numerator']) }} as is_small
    from figures
    inner join measures
        on figures.measure_code = measures.measure_code
    inner join cells
        on
            figures.area_code = cells.area_code
            and figures.performance_year = cells.performance_year
            and figures.cases_of = cells.cases_of
            and figures.characteristic = cells.characteristic
            and figures.category = cells.category
    {% for name, measure in [('own', 'measure_code'), ('followed', 'cases_follow')] %}
    inner join disclosure as {{ name }}
        on
            figures.area_code = {{ name }}.area_code
            and figures.{{ measure }} = {{ name }}.measure_code
            and figures.period_month = {{ name }}.period_month
    {% endfor %}
),

final as (
    select
        area_code,
        measure_code,
        performance_year,
        characteristic,
        category,
        is_count_suppressed,
        {{ also_suppressed(
            'area_code, measure_code, performance_year, characteristic', 'denominator',
            '(is_count_suppressed or is_small)', 'category'
        ) }} as is_suppressed
    from counted
)

select * from final
