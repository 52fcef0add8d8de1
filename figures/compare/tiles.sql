with scorecard as (
    select
        area_code,
        period_month,
        measures_met || ' of ' || measures_counted as targets_met
    from marts.fct_scorecard
    where unit_code = area_code
    qualify period_month = max(period_month) over ()
)

select
    area.area_code,
    area.area_name,
    area.region,
    area.tile_row,
    area.tile_column,
    scorecard.period_month,
    scorecard.targets_met
from marts.dim_area as area
left join scorecard using (area_code)
order by area.area_name, area.area_code
