select
    area_code,
    area_name
from public.dim_area
order by area_code
