-- What a month means for reporting: its performance year, and how many months of that year are due on the night.
-- A month is due once the 15th of the month after it has passed (performance specification, periods).
with days as (
    select * from {{ ref('int_performance__calendar') }}
),

night as (
    select * from {{ ref('stg_night') }}
),

months as (
    select
        day as period_month,
        case when month(day) >= 4 then year(day) else year(day) - 1 end
            as first_year,
        cast(day + interval 1 month + interval 14 day as date) as due_on
    from days
    where day(day) = 1
),

named as (
    select
        months.period_month,
        months.period_month <= night.business_date as has_begun,
        months.due_on,
        concat(
            cast(months.first_year as string), '/', substr(cast(months.first_year + 1 as string), 3, 2)
        ) as performance_year,
        case when night.business_date > months.due_on then 1 else 0 end as is_due
    from months
    cross join night
),

final as (
    select
        period_month,
        performance_year,
        has_begun,
        due_on,
        cast(sum(is_due) over (
            partition by performance_year order by period_month rows between unbounded preceding and current row
        ) as int) as months_due
    from named
)

select * from final
