with profile as (
    select
        area_code,
        arg_max(family_group, as_at) as family_group
    from marts.dim_area_profile
    group by area_code
),

scorecard as (
    select
        area_code,
        period_month,
        measures_met || ' of ' || measures_compared as targets_met
    from marts.fct_scorecard
    where unit_code = area_code
    qualify period_month = max(period_month) over ()
)

select
    area.area_code,
    area.area_name,
    area.region,
    profile.family_group,
    area.tile_row,
    area.tile_column,
    scorecard.period_month,
    scorecard.targets_met
from marts.dim_area as area
left join profile using (area_code)
left join scorecard using (area_code)
order by area.area_name, area.area_code
