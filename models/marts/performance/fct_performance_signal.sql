with limits as (
    select * from {{ ref('int_performance__control_limit') }}
),

runs as (
    select * from {{ ref('int_performance__control_run') }}
),

-- To nine decimals, so that a month on its limit is inside whatever the last bits say.
judged as (
    select
        limits.*,
        runs.run_side,
        runs.run_trend,
        limits.centre is not null as has_chart,
        coalesce(round(limits.value - limits.upper_limit, 9) > 0, false) as is_above,
        coalesce(round(limits.lower_limit - limits.value, 9) > 0, false) as is_below
    from limits
    inner join runs
        on
            limits.area_code = runs.area_code
            and limits.measure_code = runs.measure_code
            and limits.period_month = runs.period_month
),

final as (
    select
        area_code,
        measure_code,
        period_month,
        performance_year,
        numerator,
        denominator,
        value,
        centre,
        lower_limit,
        upper_limit,
        months_in_baseline,
        is_above or is_below as is_outside,
        run_side,
        run_trend,
        nullif(concat_ws(
            '; ',
            case when is_above then 'above limits' when is_below then 'below limits' end,
            case
                when run_side >= {{ var('signal_months_on_one_side') }} then 'run above mean'
                when run_side <= -{{ var('signal_months_on_one_side') }} then 'run below mean'
            end,
            case
                when has_chart and run_trend >= {{ var('signal_months_rising_or_falling') }} then 'rising'
                when has_chart and run_trend <= -{{ var('signal_months_rising_or_falling') }} then 'falling'
            end
        ), '') as signal,
        {{ figure_status('value', 'not_available', 'denominator') }} as figure_status
    from judged
)

select * from final
