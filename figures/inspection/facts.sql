select
    area.area_name,
    area.area_code,
    framework.framework_code,
    framework.framework_name,
    inspection.fieldwork_from,
    inspection.fieldwork_to,
    inspection.published_on,
    original.inspection_title as follow_up_title,
    original.inspection_id as follow_up_of,
    overall.cases
from marts.dim_inspection as inspection
inner join marts.dim_area as area using (area_code)
inner join marts.dim_framework as framework using (framework_code)
left join marts.dim_inspection as original
    on inspection.follow_up_of = original.inspection_id
left join (
    select
        inspection_id,
        any_value(cases) as cases
    from marts.fct_section_score
    where sample_group = 'all'
    group by inspection_id
) as overall
    on inspection.inspection_id = overall.inspection_id
where inspection.inspection_id = getvariable('inspection_id')
