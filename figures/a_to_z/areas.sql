select
    area_name,
    area_code,
    region
from marts.dim_area
order by area_name, area_code
