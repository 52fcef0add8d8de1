select
    area_code,
    as_at,
    population,
    density_per_sq_km,
    minority_ethnic_pct,
    recorded_crime_per_1000,
    violent_crime_per_1000,
    found_guilty_or_cautioned_per_100k,
    family_group,
    main_revenue_gbp_m,
    size_rank,
    scorecard_rank,
    scorecard_units,
    source
from {{ ref('int_performance__current_area_profile') }}
where missing_parent is null
