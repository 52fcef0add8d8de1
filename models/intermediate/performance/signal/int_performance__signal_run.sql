-- Runs are islands: a month begins a new one where it does not follow on from the month before, or its side or step is
-- another. Signs are taken to nine decimals, so that binary noise is neither a side nor a step.
with months as (
    select * from {{ ref('int_performance__signal_figure') }}
    where signal_rule = 'month'
),

followed as (
    select
        *,
        coalesce(month_number - lag(month_number) over in_order = 1, false) as follows_on,
        coalesce(cast(sign(round(value - centre, 9)) as int), 0) as side,
        cast(sign(round(value - lag(value) over in_order, 9)) as int) as change
    from months
    window in_order as (partition by area_code, measure_code order by month_number)
),

stepped as (
    select
        *,
        case when follows_on then change else 0 end as step
    from followed
),

marked as (
    select
        *,
        case when follows_on and side = lag(side) over in_order then 0 else 1 end as begins_side,
        case when follows_on and step = lag(step) over in_order then 0 else 1 end as begins_steps
    from stepped
    window in_order as (partition by area_code, measure_code order by month_number)
),

numbered as (
    select
        *,
        sum(begins_side) over in_order as side_number,
        sum(begins_steps) over in_order as steps_number
    from marked
    window in_order as (partition by area_code, measure_code order by month_number)
),

final as (
    select
        area_code,
        measure_code,
        period_month,
        cast(sum(side) over (
            partition by area_code, measure_code, side_number order by month_number
        ) as int) as run_side,
        -- The month that the first step leads away from is one of those in a row.
        cast(step + sum(step) over (
            partition by area_code, measure_code, steps_number order by month_number
        ) as int) as run_trend
    from numbered
)

select * from final
