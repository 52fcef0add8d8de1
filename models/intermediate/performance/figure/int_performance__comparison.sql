-- Each unit's figure beside those of the nation, its region and its family group for the same period, and beside its
-- own of the same period a year before. A year in which the measure was defined otherwise is not compared.
with figures as (
    select * from {{ ref('int_performance__figure') }}
),

unit_years as (
    select * from {{ ref('int_performance__unit_year') }}
),

calendar as (
    select * from {{ ref('int_performance__reporting_month') }}
),

comparable_years as (
    select
        measure_code,
        performance_year
    from {{ ref('int_performance__measure_year') }}
    where is_comparable_to_year_before
),

year_later as (
    select
        figures.pool_code,
        figures.measure_code,
        figures.period,
        figures.scaled_value,
        cast(figures.period_month + interval 1 year as date) as period_month
    from figures
),

final as (
    select
        figures.*,
        calendar.months_due,
        unit_years.family_group,
        {% for group in ['national', 'region', 'family'] %}
        {{ group }}.value as {{ group }}_value,
        {{ group }}.scaled_value as {{ group }}_scaled_value,
        {% endfor %}
        figures.scaled_value - year_later.scaled_value as change_on_year
    from figures
    inner join unit_years
        on
            figures.pool_code = unit_years.unit_code
            and figures.performance_year = unit_years.performance_year
    inner join calendar
        on figures.period_month = calendar.period_month
    {% for group, pool in [
        ('national', "'ENW'"), ('region', 'unit_years.region_pool'), ('family', 'unit_years.family_pool')
    ] %}
    left join figures as {{ group }}
        on
            {{ group }}.pool_code = {{ pool }}
            and figures.measure_code = {{ group }}.measure_code
            and figures.period = {{ group }}.period
            and figures.period_month = {{ group }}.period_month
    {% endfor %}
    left join comparable_years
        on
            figures.measure_code = comparable_years.measure_code
            and figures.performance_year = comparable_years.performance_year
    left join year_later
        on
            figures.pool_code = year_later.pool_code
            and comparable_years.measure_code = year_later.measure_code
            and figures.period = year_later.period
            and figures.period_month = year_later.period_month
)

select * from final
