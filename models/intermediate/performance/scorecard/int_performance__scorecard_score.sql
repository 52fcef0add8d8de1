-- The weights of the measures that count are rescaled: divided by their sum. A unit with nothing to score has no row.
with measures as (
    select * from {{ ref('int_performance__scorecard_measure') }}
),

final as (
    select
        performance_year,
        period_month,
        unit_code,
        unit_name,
        area_code,
        {{ exact_sum('weight * capped_achievement') }}
        / {{ exact_sum('case when missing_because is null then weight end') }} as score,
        cast(count(capped_achievement) as int) as measures_counted,
        cast(count(missing_because) as int) as measures_missing,
        cast(count(case when status = 'met' then 1 end) as int) as measures_met,
        cast(count(case when missing_because is null and months_in < months_due then 1 end) as int)
            as measures_short_of_months
    from measures
    group by
        performance_year,
        period_month,
        unit_code,
        unit_name,
        area_code
    having count(capped_achievement) > 0
)

select * from final
