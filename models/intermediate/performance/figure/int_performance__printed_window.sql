-- Windows from April are years to date, which every pool has anyway.
with printed as (
    select
        *,
        {{ printed_period('first_month') }} as period
    from {{ ref('printed_performance') }}
),

final as (
    select distinct
        measure_code,
        performance_year,
        period,
        first_month,
        last_month
    from printed
    where period <> 'to_date'
)

select * from final
