select
    area.area_name,
    member.area_code,
    member.inspection_id,
    inspection.inspection_title,
    inspection.fieldwork_from,
    member.cases,
    member.status
from marts.fct_theme_member as member
inner join marts.dim_area as area using (area_code)
left join marts.dim_inspection as inspection using (inspection_id)
where member.theme_code = getvariable('theme_code')
order by area.area_name, member.area_code
