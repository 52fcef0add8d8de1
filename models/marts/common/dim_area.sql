select
    area_code,
    area_name,
    region,
    country,
    esi_area = 1 as esi_area,
    scorecard_units,
    tile_row,
    tile_column,
    cast(row_number() over (order by area_name, area_code) as int) as display_order
from {{ ref('areas') }}
