select
    theme.inspection_id,
    area.area_name,
    inspection.inspection_title,
    inspection.fieldwork_from,
    theme.code,
    theme.code || ' ' || section.section_title as label,
    theme.cases,
    theme.score,
    theme.ci_low,
    theme.ci_high,
    theme.reliability,
    theme.figure_status
from marts.fct_theme_score as theme
inner join marts.dim_theme as named using (theme_code, sample_group)
inner join marts.dim_inspection as inspection using (inspection_id, framework_code, area_code)
inner join marts.dim_area as area using (area_code)
inner join marts.dim_section as section
    on theme.framework_code = section.framework_code and theme.code = section.section_code
where theme.theme_code = getvariable('theme_code') and theme.level = 'section'
order by area.area_name, inspection.fieldwork_from, theme.inspection_id, theme.code
