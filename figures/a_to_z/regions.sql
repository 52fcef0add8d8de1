select
    region,
    string_agg(area_name, ', ' order by area_name) as area_names
from marts.dim_area
group by region
order by region
