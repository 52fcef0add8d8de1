-- What an analyst gets by pooling the areas' published months is the national value published beside them.
with months as (
    select * from {{ ref('fct_performance_month') }}
),

pooled as (
    select
        measure_code,
        period_month,
        sum(case when denominator is not null then numerator end) / nullif(sum(denominator), 0) as pooled_value,
        min(national_value) as lowest_national_value,
        max(national_value) as highest_national_value
    from months
    group by measure_code, period_month
),

final as (
    select * from pooled
    where
        lowest_national_value <> highest_national_value
        or abs(coalesce(pooled_value, -1) - coalesce(lowest_national_value, -1)) > 1e-9
)

select * from final
