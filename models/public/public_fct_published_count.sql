{{ config(alias='fct_published_count') }}

with counts as (
    select * from {{ ref('prt_performance_count') }}
    union all
    select * from {{ ref('prt_delivered_count') }}
),

-- The noise of a side may pass that of its base.
fresh as (
    select
        measure_code,
        pool_code,
        pool,
        period,
        performance_year,
        first_month,
        period_month,
        characteristic,
        category,
        base,
        base_is,
        case when base_is in ('target', 'delivered') then side else least(side, base) end as side,
        side_is,
        area_months_in,
        area_months
    from counts
),

final as (
    {{ frozen('fresh', ['measure_code', 'pool_code', 'period', 'period_month', 'characteristic', 'category']) }}
)

select * from final
