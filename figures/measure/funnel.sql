select
    area.area_code,
    area.area_name,
    funnel.denominator,
    funnel.value,
    funnel.pooled_value,
    funnel.limit_95_low,
    funnel.limit_95_high,
    funnel.limit_998_low,
    funnel.limit_998_high,
    funnel.dispersion,
    coalesce(funnel.outside_95, false) as outside,
    coalesce(funnel.outside_998, false) as far_outside,
    case
        when count(*) filter (where funnel.outside_998) over () <= 10 then area.area_name
    end as label,
    funnel.funnel_place as place
from marts.fct_measure_funnel as funnel
inner join marts.dim_area as area using (area_code)
where funnel.measure_code = getvariable('measure_code')
order by area.area_name, area.area_code
