select
    area_code,
    area_name
from marts.dim_area
order by area_name, area_code
