{{ config(alias='fct_performance_to_date') }}

with figures as (
    select
        *,
        months as months_in,
        months as months_due
    from {{ ref('der_performance_comparison') }}
    where period = 'to_date'
),

final as (
    {{ frozen('figures', ['area_code', 'measure_code', 'performance_year', 'period_month']) }}
)

select * from final
