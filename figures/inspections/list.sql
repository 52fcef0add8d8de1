select
    inspection.inspection_id,
    inspection.inspection_title,
    inspection.area_code,
    area.area_name,
    area.region,
    framework.framework_code,
    framework.framework_name,
    inspection.fieldwork_from,
    inspection.published_on,
    inspection.follow_up_of is not null as is_follow_up
from marts.dim_inspection as inspection
inner join marts.dim_area as area using (area_code)
inner join marts.dim_framework as framework using (framework_code)
order by
    framework.programme_start,
    framework.framework_name,
    area.area_name,
    inspection.fieldwork_from,
    inspection.inspection_id
