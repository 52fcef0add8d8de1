-- A measure keeps its code where its definition changes: seed measure_changes says what it was in the years between.
with measures as (
    select * from {{ ref('measures') }}
),

changes as (
    select * from {{ ref('measure_changes') }}
),

years as (
    select
        measure_code,
        performance_year
    from {{ ref('int_performance__pooled_month') }}
    union
    select
        measure_code,
        performance_year
    from {{ ref('printed_performance') }}
),

final as (
    select
        years.measure_code,
        years.performance_year,
        coalesce(changes.measure_title, measures.measure_title) as measure_title,
        coalesce(changes.numerator_is, measures.numerator_is) as numerator_is,
        coalesce(changes.denominator_is, measures.denominator_is) as denominator_is,
        changes.source as change_source
    from years
    inner join measures
        on years.measure_code = measures.measure_code
    left join changes
        on
            years.measure_code = changes.measure_code
            and years.performance_year >= coalesce(changes.valid_from, years.performance_year)
            and years.performance_year <= coalesce(changes.valid_to, years.performance_year)
)

select * from final
