-- A measure keeps its code where its definition changes: seed measure_changes says what it was in the years between.
-- Figures of a year are set against those of the year before where the two have one definition.
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

defined as (
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
),

beside as (
    -- NULL, a denominator that is the target, is a definition too.
    select
        *,
        lag(measure_code) over measure is not null as has_year_before,
        lag(measure_title) over measure as title_before,
        lag(numerator_is) over measure as numerator_before,
        lag(denominator_is) over measure as denominator_before
    from defined
    window measure as (partition by measure_code order by performance_year)
),

final as (
    select
        measure_code,
        performance_year,
        measure_title,
        numerator_is,
        denominator_is,
        change_source,
        case
            when has_year_before
                then
                    measure_title = title_before
                    and coalesce(numerator_is, '') = coalesce(numerator_before, '')
                    and coalesce(denominator_is, '') = coalesce(denominator_before, '')
        end as is_comparable_to_year_before
    from beside
)

select * from final
