select
    area_code,
    area_name,
    region,
    country,
    esi_area,
    scorecard_units,
    tile_row,
    tile_column
from {{ ref('areas') }}
