select
    inspection.inspection_title || ', ' || strftime(inspection.fieldwork_from, '%B %Y') as inspection_title,
    comparison.inspection_id,
    area.area_name,
    framework.framework_name,
    comparison.framework_code,
    comparison.code || ' ' || criterion.criterion_title as criterion_title,
    comparison.code as criterion_code,
    comparison.score,
    comparison.ci_low,
    comparison.ci_high,
    case
        when not comparison.outside_95 then 'within limits'
        when comparison.score < comparison.limit_95_low then 'below limits'
        when comparison.score > comparison.limit_95_high then 'above limits'
    end as place,
    comparison.figure_status
from marts.fct_area_comparison as comparison
inner join marts.dim_inspection as inspection using (inspection_id, framework_code, area_code)
inner join marts.dim_area as area using (area_code)
inner join marts.dim_framework as framework using (framework_code)
inner join marts.dim_criterion as criterion
    on comparison.framework_code = criterion.framework_code and comparison.code = criterion.criterion_code
where comparison.level = 'criterion'
order by
    framework.programme_start, comparison.framework_code, area.area_name, inspection.fieldwork_from,
    comparison.inspection_id, comparison.code
