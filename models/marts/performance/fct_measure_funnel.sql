with figures as (
    select * from {{ ref('int_performance__area_figure') }}
),

tests as (
    select * from {{ ref('int_performance__area_test') }}
),

sampled as (
    select distinct
        measure_code,
        trials,
        pooled_value as chance
    from figures
    where pooled_value > 0 and pooled_value < 1
),

limits as (
    {{ binomial_limits('sampled', ['measure_code']) }}
),

dispersed as (
    select
        measure_code,
        cast(nullif(areas - 1, 0) as double) as degrees_of_freedom,
        {{ exact_sum(
            'people * (value - pooled_value) * (value - pooled_value) / nullif(pooled_value * (1 - pooled_value), 0)'
        ) }} as chi_square
    from figures
    group by measure_code, areas
),

final as (
    select
        figures.area_code,
        figures.measure_code,
        figures.performance_year,
        figures.period_month,
        figures.people as denominator,
        figures.value,
        figures.ci_low,
        figures.ci_high,
        figures.pooled_value,
        figures.value - figures.pooled_value as difference,
        tests.p_value,
        tests.q_value,
        tests.beyond_chance,
        case
            when tests.beyond_chance is null then 'too few people'
            when not tests.beyond_chance then 'no difference shown'
            when figures.value > figures.pooled_value then 'above'
            else 'below'
        end as national_comparison,
        limits.limit_95_low,
        limits.limit_95_high,
        limits.limit_998_low,
        limits.limit_998_high,
        {{ funnel_place('figures.value', 'limits') }},
        dispersed.chi_square / dispersed.degrees_of_freedom as dispersion,
        dispersed.chi_square > {{ chi_square_95('dispersed.degrees_of_freedom') }} as is_overdispersed
    from figures
    inner join tests
        on
            figures.area_code = tests.area_code
            and figures.measure_code = tests.measure_code
    inner join dispersed
        on figures.measure_code = dispersed.measure_code
    left join limits
        on
            figures.measure_code = limits.measure_code
            and figures.trials = limits.trials
)

select * from final
