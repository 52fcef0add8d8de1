with days as (
    select * from {{ ref('int_performance__calendar') }}
),

months as (
    select * from {{ ref('int_performance__reporting_month') }}
),

final as (
    select
        days.day as date_day,
        months.period_month as month_start,
        months.performance_year,
        cast({{ iso_weekday('days.day') }} as int) as day_of_week,
        days.is_working_day,
        days.working_day_number,
        days.bank_holiday_name
    from days
    inner join months
        on
            year(days.day) = year(months.period_month)
            and month(days.day) = month(months.period_month)
    where year(days.day) >= 2000
)

select * from final
