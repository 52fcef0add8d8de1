with profile as (
    select
        area_code,
        arg_max(family_group, as_at) as family_group,
        arg_max(population, as_at) as population,
        arg_max(density_per_sq_km, as_at) as density_per_sq_km,
        arg_max(minority_ethnic_pct, as_at) as minority_ethnic_pct,
        arg_max(recorded_crime_per_1000, as_at) as recorded_crime_per_1000
    from marts.dim_area_profile
    group by area_code
)

select
    area.area_code,
    area.area_name,
    area.region,
    peer.population,
    peer.density_per_sq_km,
    peer.minority_ethnic_pct,
    peer.recorded_crime_per_1000
from profile
inner join profile as peer using (family_group)
inner join marts.dim_area as area on peer.area_code = area.area_code
where profile.area_code = getvariable('area_code') and peer.area_code <> profile.area_code
order by area.area_name, area.area_code
