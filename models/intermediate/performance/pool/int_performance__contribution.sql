-- What a unit's month adds to each measure, whichever delivery it came in. A count is set against its target, so the
-- denominator of a count is the unit's target for the year, or twelve times the month's part of its profile (twelfths
-- are taken after adding up: they are not exact). A month that has not begun on the night waits: its period is probably
-- mistaken, and it must not lengthen the year to date.
with case_months as (
    select * from {{ ref('int_performance__case_month') }}
),

returned as (
    select * from {{ ref('int_performance__current_performance_return') }}
),

measures as (
    select * from {{ ref('measures') }}
),

months as (
    select
        *,
        (month(period_month) + 8) % 12 + 1 as place_from_april
    from {{ ref('int_performance__reporting_month') }}
    where has_begun
),

targets as (
    select * from {{ ref('int_performance__target') }}
),

delivered as (
    select
        unit_code,
        period_month,
        measure_code,
        numerator,
        denominator
    from case_months
    union all
    select
        area_code as unit_code,
        period_month,
        measure_code,
        numerator,
        denominator
    from returned
    where missing_parent is null
),

final as (
    select
        delivered.unit_code,
        delivered.measure_code,
        months.performance_year,
        delivered.period_month,
        delivered.numerator,
        case
            when measures.unit <> 'count_vs_target' then delivered.denominator
            else coalesce(
                12 * cast(split_part(targets.profile, ';', months.place_from_april) as double), targets.target
            )
        end as denominator
    from delivered
    inner join measures
        on delivered.measure_code = measures.measure_code
    inner join months
        on delivered.period_month = months.period_month
    left join targets
        on
            delivered.unit_code = targets.unit_code
            and delivered.measure_code = targets.measure_code
            and months.performance_year = targets.performance_year
    where
        months.performance_year >= coalesce(measures.valid_from, months.performance_year)
        and months.performance_year <= coalesce(measures.valid_to, months.performance_year)
)

select * from final
