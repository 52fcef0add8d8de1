with latest as (
    select
        max(period_month) as last_month,
        min(period_month) as first_month
    from marts.fct_performance_to_date -- staff
    from marts.fct_performance_period -- public
    where measure_code = getvariable('measure_code')
)

select
    measure.measure_code,
    measure.unit,
    measure.direction,
    measure.derived_from,
    measure.numerator_is,
    coalesce(measure.denominator_is, 'the target for the months that are in') as denominator_is,
    measure.valid_from,
    measure.valid_to,
    measure.in_scorecard,
    measure.leadership_target,
    latest.first_month,
    latest.last_month
from marts.dim_measure as measure
cross join latest
where measure.measure_code = getvariable('measure_code')
