-- Of measures that count people: appointments and days of one person go together.
with measures_of_people as (
    select * from {{ ref('measures') }}
    where numerator_counts_people = 1 and denominator_counts_people = 1
),

figures as (
    select
        figures.*,
        max(figures.period_month) over (partition by figures.measure_code) as latest_month
    from {{ ref('fct_performance_to_date') }} as figures
    inner join measures_of_people
        on figures.measure_code = measures_of_people.measure_code
),

pooled as (
    select
        *,
        sum(numerator) over measure / sum(denominator) over measure as pooled_value
    from figures
    where period_month = latest_month and denominator > 0
    window measure as (partition by measure_code)
),

sampled as (
    select
        measure_code,
        cast(denominator as bigint) as trials,
        pooled_value as chance
    from pooled
    where pooled_value > 0 and pooled_value < 1
    group by measure_code, denominator, pooled_value
),

limits as (
    {{ binomial_limits('sampled', ['measure_code']) }}
),

final as (
    select
        pooled.area_code,
        pooled.measure_code,
        pooled.performance_year,
        pooled.period_month,
        pooled.denominator,
        pooled.value,
        pooled.pooled_value,
        limits.limit_95_low,
        limits.limit_95_high,
        limits.limit_998_low,
        limits.limit_998_high,
        pooled.value < limits.limit_95_low or pooled.value > limits.limit_95_high as outside_95,
        pooled.value < limits.limit_998_low or pooled.value > limits.limit_998_high as outside_998
    from pooled
    left join limits
        on
            pooled.measure_code = limits.measure_code
            and cast(pooled.denominator as bigint) = limits.trials
)

select * from final
