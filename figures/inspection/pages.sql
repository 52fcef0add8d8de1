select
    inspection.inspection_id,
    inspection.inspection_title,
    strftime(inspection.fieldwork_from, '%B %Y') as fieldwork,
    area.area_name,
    framework.framework_name
from marts.dim_inspection as inspection
inner join marts.dim_area as area using (area_code)
inner join marts.dim_framework as framework using (framework_code)
order by area.area_name, inspection.fieldwork_from, inspection.inspection_id
