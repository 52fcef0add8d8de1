-- The teams of an area are all of its cases, in each month and in the year to date.
{{ config(group='performance') }}
with teams as (
    select
        area_code,
        measure_code,
        period,
        period_month,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from {{ ref('fct_team_performance') }}
    group by area_code, measure_code, period, period_month
),

areas as (
    select * from {{ ref('int_performance__figure') }}
),

final as (
    select teams.*
    from teams
    inner join areas
        on
            teams.area_code = areas.pool_code
            and teams.measure_code = areas.measure_code
            and teams.period = areas.period
            and teams.period_month = areas.period_month
    where
        abs(teams.numerator - areas.numerator) > 1e-6
        or abs(teams.denominator - areas.denominator) > 1e-6
)

select * from final
