-- To-date figures run to the last month that anyone delivered, so an area's latest month is the last one loaded.
with inspections as (
    select * from {{ ref('dim_inspection') }}
),

leadership_measures as (
    select * from {{ ref('dim_measure') }}
    where leadership_target
),

performance as (
    select * from {{ ref('fct_performance_to_date') }}
    qualify period_month = max(period_month) over (partition by area_code, performance_year)
),

evidence_ratings as (
    select * from {{ ref('evidence_ratings') }}
),

counted as (
    select
        inspections.inspection_id,
        inspections.area_code,
        inspections.performance_year,
        performance.period_month,
        cast(count(*) as int) as measures_compared,
        cast(count(*) filter (where performance.status = 'met') as int) as measures_met
    from inspections
    inner join performance
        on
            inspections.area_code = performance.area_code
            and inspections.performance_year = performance.performance_year
    inner join leadership_measures
        on performance.measure_code = leadership_measures.measure_code
    where performance.value is not null and performance.target is not null
    group by
        inspections.inspection_id,
        inspections.area_code,
        inspections.performance_year,
        performance.period_month
),

final as (
    select
        counted.*,
        cast(counted.measures_met as double) / cast(counted.measures_compared as double) as met_share,
        evidence_ratings.rating as performance_rating
    from counted
    inner join evidence_ratings
        on counted.measures_met >= counted.measures_compared * evidence_ratings.met_share_from
    qualify row_number() over (partition by counted.inspection_id order by evidence_ratings.strength desc) = 1
)

select * from final
