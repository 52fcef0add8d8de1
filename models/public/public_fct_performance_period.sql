{{ config(alias='fct_performance_period') }}
-- A status is computed from the value beside it, so that the two never contradict each other.

with figures as (
    select * from {{ ref('der_performance_figure') }}
),

targets as (
    select * from {{ ref('prt_target') }}
),

bounds as (
    select * from {{ ref('status_bounds') }}
),

aimed as (
    select
        figures.*,
        targets.target,
        bounds.close_factor
    from figures
    inner join bounds
        on figures.direction = bounds.direction
    left join targets
        on
            figures.pool_code = targets.area_code
            and figures.measure_code = targets.measure_code
            and figures.performance_year = targets.performance_year
),

fresh as (
    select
        pool_code,
        pool,
        case when pool = 'area' then pool_code end as area_code,
        measure_code,
        performance_year,
        period,
        first_month,
        period_month,
        months,
        numerator,
        denominator,
        value,
        people,
        {{ wilson_low('numerator', 'people') }} as ci_low,
        {{ wilson_high('numerator', 'people') }} as ci_high,
        scaled_value,
        target,
        scaled_value - target as difference,
        {{ achievement('scaled_value', 'target', 'direction') }} as achievement,
        case
            when is_judged then {{ target_status('scaled_value', 'target', 'direction', 'close_factor') }}
        end as status,
        area_months_in,
        area_months,
        figure_status
    from aimed
),

final as (
    {{ frozen('fresh', ['measure_code', 'pool_code', 'period', 'period_month']) }}
)

select * from final
