-- Appointments of one case go together, so what is counted in appointments has no interval.
with sums as (
    select * from {{ ref('int_performance__team_sum') }}
),

measures as (
    select * from {{ ref('measures') }}
),

areas as (
    select * from {{ ref('int_performance__figure') }}
    where period in ('month', 'to_date')
),

counted as (
    select
        sums.*,
        sums.numerator / nullif(sums.denominator, 0) as value,
        case when measures.denominator_counts_people = 1 then sums.denominator end as cases
    from sums
    inner join measures
        on sums.measure_code = measures.measure_code
),

final as (
    select
        counted.area_code,
        counted.team_code,
        counted.measure_code,
        counted.performance_year,
        counted.period_month,
        counted.period,
        counted.numerator,
        counted.denominator,
        counted.value,
        {{ wilson_low('counted.numerator', 'counted.cases') }} as ci_low,
        {{ wilson_high('counted.numerator', 'counted.cases') }} as ci_high,
        areas.value as area_value,
        areas.target,
        counted.value - areas.value as difference,
        {{ figure_status('counted.value', 'not_applicable', 'counted.denominator') }} as figure_status
    from counted
    inner join areas
        on
            counted.area_code = areas.pool_code
            and counted.measure_code = areas.measure_code
            and counted.period = areas.period
            and counted.period_month = areas.period_month
)

select * from final
