-- What the measure is now. A change that seed measure_changes dates by its last year took effect in the year after.
with measures as (
    select * from {{ ref('measures') }}
),

units as (
    select * from {{ ref('measure_units') }}
),

dated as (
    select
        measure_code,
        valid_from,
        cast(substr(valid_to, 1, 4) as int) + 1 as year_after
    from {{ ref('measure_changes') }}
),

changes as (
    select
        measure_code,
        max(case
            when year_after is null then valid_from
            else concat(cast(year_after as string), '/', substr(cast(year_after + 1 as string), 3, 2))
        end) as last_changed
    from dated
    group by measure_code
),

final as (
    select
        measures.measure_code,
        measures.measure_title,
        measures.unit,
        measures.direction,
        concat(measures.direction, ' is better') as polarity,
        measures.derived_from,
        measures.numerator_is,
        measures.denominator_is,
        units.comparator,
        units.target_rule,
        measures.in_scorecard = 1 as in_scorecard,
        measures.leadership_target = 1 as leadership_target,
        measures.valid_from,
        measures.valid_to,
        changes.last_changed,
        cast(row_number() over (order by measures.measure_title, measures.measure_code) as int) as display_order
    from measures
    inner join units
        on measures.unit = units.unit
    left join changes
        on measures.measure_code = changes.measure_code
)

select * from final
