select
    inspection.inspection_id,
    inspection.inspection_title,
    strftime(inspection.fieldwork_from, '%B %Y') as fieldwork,
    area.area_name,
    framework.framework_name
from public.dim_inspection as inspection
inner join public.dim_area as area using (area_code)
inner join public.dim_framework as framework using (framework_code)
order by inspection.inspection_id
