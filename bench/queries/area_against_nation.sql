-- An area's performance manager: a measure month by month, against target, region and nation.
select
    period_month,
    numerator,
    denominator,
    value,
    target,
    status,
    region_value,
    national_value,
    value - national_value as above_nation,
    change_on_year
from marts.fct_performance_month
where area_code = $area_code and measure_code = $measure_code
order by period_month
