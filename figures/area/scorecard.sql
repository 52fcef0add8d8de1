with compared as (
    select
        unit_code,
        period_month,
        count(status) as measures_compared
    from marts.fct_scorecard_measure
    where area_code = getvariable('area_code')
    group by unit_code, period_month
),

latest as (
    select
        *,
        max(period_month) over () as latest_month
    from marts.fct_scorecard
    where area_code = getvariable('area_code')
)

select
    unit_code,
    unit_name,
    period_month,
    score,
    rank || ' of ' || units_ranked as position,
    measures_counted,
    measures_missing,
    compared.measures_compared, -- public
    measures_met,
    measures_met / nullif(compared.measures_compared, 0) as measures_met_share,
    qualifies_for_full_bonus,
    case when month(period_month) <> 3 or not is_complete then '[p]' end as provisional
from latest
inner join compared using (unit_code, period_month)
where period_month = latest_month
order by unit_code
