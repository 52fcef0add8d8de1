with latest as (
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
    measures_compared, -- public
    measures_met,
    measures_met_share,
    qualifies_for_full_bonus,
    case when month(period_month) <> 3 or not is_complete then '[p]' end as provisional
from latest
where period_month = latest_month
order by unit_code
