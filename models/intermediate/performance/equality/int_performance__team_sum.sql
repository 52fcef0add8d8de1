-- London's teams are of the area, whichever quadrant delivered them. Sums to date are of whole numbers, and exact.
with months as (
    select * from {{ ref('int_performance__case_measure') }}
    where characteristic = 'team_code'
),

units as (
    select * from {{ ref('units') }}
),

calendar as (
    select * from {{ ref('int_performance__reporting_month') }}
    where has_begun
),

monthly as (
    select
        units.area_code,
        months.category as team_code,
        months.measure_code,
        calendar.performance_year,
        months.period_month,
        {{ exact_sum('months.numerator') }} as numerator,
        {{ exact_sum('months.denominator') }} as denominator
    from months
    inner join units
        on months.unit_code = units.unit_code
    inner join calendar
        on months.period_month = calendar.period_month
    group by
        units.area_code,
        months.category,
        months.measure_code,
        calendar.performance_year,
        months.period_month
),

to_date as (
    select
        area_code,
        team_code,
        measure_code,
        performance_year,
        period_month,
        sum(numerator) over year_so_far as numerator,
        sum(denominator) over year_so_far as denominator
    from monthly
    window year_so_far as (
        partition by area_code, team_code, measure_code, performance_year
        order by period_month rows between unbounded preceding and current row
    )
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
