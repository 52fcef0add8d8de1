select
    inspection.inspection_title,
    inspection.inspection_id,
    area.area_name,
    framework.framework_name,
    inspection.fieldwork_from
from marts.dim_inspection as inspection
inner join marts.dim_area as area using (area_code)
inner join marts.dim_framework as framework using (framework_code)
order by inspection.inspection_title, inspection.fieldwork_from, inspection.inspection_id
