-- The year to date of every month from a team's first to its area's last, so that the teams of an area add up to it in
-- months in which one of them has no case.
with monthly as (
    select * from {{ ref('int_performance__team_month') }}
),

calendar as (
    select * from {{ ref('int_performance__reporting_month') }}
),

begun as (
    select
        area_code,
        team_code,
        measure_code,
        performance_year,
        min(period_month) as first_month
    from monthly
    group by area_code, team_code, measure_code, performance_year
),

loaded as (
    select
        area_code,
        measure_code,
        performance_year,
        max(period_month) as last_month
    from monthly
    group by area_code, measure_code, performance_year
),

to_date as (
    select
        begun.area_code,
        begun.team_code,
        begun.measure_code,
        begun.performance_year,
        calendar.period_month,
        {{ exact_sum('monthly.numerator') }} as numerator,
        {{ exact_sum('monthly.denominator') }} as denominator
    from begun
    inner join loaded
        on
            begun.area_code = loaded.area_code
            and begun.measure_code = loaded.measure_code
            and begun.performance_year = loaded.performance_year
    inner join calendar
        on
            begun.performance_year = calendar.performance_year
            and calendar.period_month between begun.first_month and loaded.last_month
    inner join monthly
        on
            begun.area_code = monthly.area_code
            and begun.team_code = monthly.team_code
            and begun.measure_code = monthly.measure_code
            and begun.performance_year = monthly.performance_year
            and calendar.period_month >= monthly.period_month
    group by
        begun.area_code, begun.team_code, begun.measure_code, begun.performance_year, calendar.period_month
),

final as (
    select
        *,
        'month' as period
    from monthly
    union all
    select
        *,
        'to_date' as period
    from to_date
)

select * from final
