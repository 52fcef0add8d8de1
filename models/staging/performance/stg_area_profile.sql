-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    area_code,
    cast(as_at as date) as as_at,
    cast(population as bigint) as population,
    cast(density_per_sq_km as double) as density_per_sq_km,
    cast(minority_ethnic_pct as double) as minority_ethnic_pct,
    cast(recorded_crime_per_1000 as double) as recorded_crime_per_1000,
    cast(violent_crime_per_1000 as double) as violent_crime_per_1000,
    cast(found_guilty_or_cautioned_per_100k as double) as found_guilty_or_cautioned_per_100k,
    family_group,
    cast(main_revenue_gbp_m as double) as main_revenue_gbp_m,
    cast(size_rank as bigint) as size_rank,
    cast(scorecard_rank as bigint) as scorecard_rank,
    cast(scorecard_units as bigint) as scorecard_units,
    source
from {{ source('raw', 'area_profile') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
