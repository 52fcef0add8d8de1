select
    area_code,
    area_name,
    region,
    country,
    esi_area,
    scorecard_units
from {{ ref('areas') }}
