-- Each area's figure to date at a measure's latest month beside that of all areas together, of measures that count
-- people: appointments and days of one person go together. People of a stock count once, as their mean.
with figures as (
    select * from {{ ref('int_performance__comparison') }}
    where period = 'to_date'
),

areas as (
    select area_code from {{ ref('areas') }}
),

dated as (
    select
        areas.area_code,
        figures.*,
        max(figures.period_month) over (partition by figures.measure_code) as latest_month
    from figures
    inner join areas
        on figures.pool_code = areas.area_code
),

counted as (
    select
        *,
        cast({{ half_up('people') }} as bigint) as trials,
        cast({{ half_up('people * value') }} as bigint) as successes
    from dated
    where period_month = latest_month and people > 0
),

final as (
    select
        area_code,
        measure_code,
        performance_year,
        period_month,
        people,
        value,
        ci_low,
        ci_high,
        trials,
        successes,
        sum(numerator) over measure / sum(denominator) over measure as pooled_value,
        cast(sum(trials) over measure as bigint) as all_trials,
        cast(sum(successes) over measure as bigint) as all_successes,
        cast(count(*) over measure as int) as areas
    from counted
    window measure as (partition by measure_code)
)

select * from final
