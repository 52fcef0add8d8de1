select
    theme.inspection_id,
    area.area_code,
    area.area_name,
    inspection.inspection_title,
    inspection.fieldwork_from,
    theme.code,
    part.label,
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
inner join marts.dim_part as part using (framework_code, level, code)
where theme.theme_code = getvariable('theme_code') and theme.level = 'section'
order by area.area_name, inspection.fieldwork_from, theme.inspection_id, theme.code
