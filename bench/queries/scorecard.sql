-- A chief executive: the scorecard of the newest month with scores, and the places gained since the quarter before.
select
    rank,
    unit_name,
    score,
    measures_met,
    measures_counted,
    qualifies_for_full_bonus,
    places_gained_on_quarter,
    places_gained_on_year
from marts.fct_scorecard
where period_month = (select max(period_month) from marts.fct_scorecard where rank is not null)
order by rank, unit_name
