-- A figure of performance in schema `public` that counts 1 to 4 people; other tables are judged by the gate.
with shown as (
    select
        area_code,
        measure_code,
        period_month,
        numerator,
        denominator
    from {{ ref('public_fct_performance_month') }}
    union all
    select
        area_code,
        measure_code,
        period_month,
        numerator,
        denominator
    from {{ ref('public_fct_performance_to_date') }}
),

measures as (
    select * from {{ ref('public_measures') }}
),

final as (
    select shown.*
    from shown
    left join measures
        on shown.measure_code = measures.measure_code
    where
        (coalesce(measures.numerator_counts_people, 1) = 1 and {{ too_small(['shown.numerator']) }})
        or (
            coalesce(measures.denominator_counts_people, 1) = 1
            and {{ too_small(['shown.denominator', 'shown.denominator - shown.numerator']) }}
        )
)

select * from final
