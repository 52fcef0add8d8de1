select
    area.area_code,
    area.area_name,
    funnel.denominator,
    funnel.value,
    funnel.ci_low,
    funnel.ci_high,
    funnel.pooled_value,
    funnel.difference,
    funnel.q_value,
    funnel.beyond_chance,
    funnel.national_comparison as comparison
from marts.fct_measure_funnel as funnel
inner join marts.dim_area as area using (area_code)
where funnel.measure_code = getvariable('measure_code')
order by area.area_name, area.area_code
