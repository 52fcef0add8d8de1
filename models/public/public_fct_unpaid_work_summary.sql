{{ config(alias='fct_unpaid_work_summary') }}

with figures as (
    select
        *,
        months as months_in,
        months as months_due
    from {{ ref('der_performance_comparison') }}
),

fresh as (
    {{ unpaid_work_summary('figures') }}
),

final as (
    {{ frozen('fresh', ['area_code', 'performance_year', 'period_month', 'period']) }}
)

select * from final
