select
    as_at,
    population,
    density_per_sq_km,
    minority_ethnic_pct,
    recorded_crime_per_1000,
    violent_crime_per_1000,
    found_guilty_or_cautioned_per_100k,
    main_revenue_gbp_m,
    family_group,
    source
from marts.dim_area_profile
where area_code = getvariable('area_code')
order by as_at desc
