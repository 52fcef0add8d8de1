-- Every day that a delivery may name. Between two days lie as many working days as their running numbers differ, so
-- that counting working days is a join.
{% set first_year, last_year = calendar_years() %}

with days as (
    {{ days_between(first_year ~ '-01-01', last_year ~ '-12-31') }}
),

bank_holidays as (
    select * from {{ ref('bank_holidays') }}
),

marked as (
    select
        days.day,
        bank_holidays.holiday_name as bank_holiday_name,
        {{ iso_weekday('days.day') }} <= 5 and bank_holidays.holiday_on is null as is_working_day
    from days
    left join bank_holidays
        on days.day = bank_holidays.holiday_on
),

final as (
    select
        day,
        bank_holiday_name,
        is_working_day,
        cast(sum(case when is_working_day then 1 else 0 end) over (
            order by day rows between unbounded preceding and current row
        ) as int) as working_day_number
    from marked
)

select * from final
