-- Who is ranked at a month: every unit with figures for the year to date. From the month on in which a quadrant of
-- London first has figures, the quadrants are ranked and London as a whole is not.
with figures as (
    select * from {{ ref('int_performance__figure') }}
    where period = 'to_date'
),

measures as (
    select * from {{ ref('measures') }}
    where in_scorecard = 1
),

units as (
    select * from {{ ref('units') }}
),

calendar as (
    select * from {{ ref('int_performance__reporting_month') }}
),

delivering as (
    select distinct
        figures.performance_year,
        figures.period_month,
        calendar.months_due,
        units.unit_code,
        units.unit_name,
        units.area_code
    from figures
    inner join measures
        on figures.measure_code = measures.measure_code
    inner join units
        on figures.pool_code = units.unit_code
    inner join calendar
        on figures.period_month = calendar.period_month
),

divided as (
    select distinct
        period_month,
        area_code
    from delivering
    where unit_code <> area_code
),

final as (
    select delivering.*
    from delivering
    left join divided
        on
            delivering.period_month = divided.period_month
            and delivering.unit_code = divided.area_code
    where divided.area_code is null
)

select * from final
