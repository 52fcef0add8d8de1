{{ config(alias='fct_performance_month') }}
-- Returns that are published as delivered: cases have no figures of an area's month.

with figures as (
    select * from {{ ref('der_performance_comparison') }}
    where period = 'month'
),

final as (
    {{ frozen('figures', ['area_code', 'measure_code', 'period_month']) }}
)

select * from final
