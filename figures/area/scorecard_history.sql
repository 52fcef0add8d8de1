select
    unit_code,
    unit_name,
    performance_year,
    period_month,
    'percent' as printed_unit,
    score,
    rank || ' of ' || units_ranked as position,
    measures_counted,
    measures_missing,
    case when month(period_month) <> 3 or not is_complete then '[p]' end as provisional
from marts.fct_scorecard
where
    area_code = getvariable('area_code')
    and performance_year in (
        select distinct performance_year from marts.fct_scorecard order by performance_year desc limit 3
    )
order by unit_code, period_month
