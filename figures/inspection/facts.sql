select
    area.area_name,
    area.area_code,
    framework.framework_name,
    inspection.fieldwork_from,
    inspection.fieldwork_to,
    inspection.published_on,
    original.inspection_title as follow_up_title,
    original.inspection_id as follow_up_of,
    overall.cases,
    coalesce(overall.cases_status, 'not_available') as cases_status
from public.dim_inspection as inspection
inner join public.dim_area as area using (area_code)
inner join public.dim_framework as framework using (framework_code)
left join public.dim_inspection as original
    on inspection.follow_up_of = original.inspection_id
left join (
    select
        inspection_id,
        any_value(cases) as cases,
        any_value(cases_status) as cases_status
    from public.fct_section_score
    where sample_group = 'all'
    group by inspection_id
) as overall
    on inspection.inspection_id = overall.inspection_id
where inspection.inspection_id = getvariable('inspection_id')
