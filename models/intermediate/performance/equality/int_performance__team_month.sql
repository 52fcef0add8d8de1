-- London's teams are of the area, whichever quadrant delivered them.
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

final as (
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
)

select * from final
