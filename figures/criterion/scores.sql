select
    comparison.inspection_id,
    inspection.inspection_title,
    area.area_code,
    area.area_name,
    inspection.fieldwork_from,
    comparison.cases,
    comparison.score,
    comparison.standard_error,
    comparison.ci_low,
    comparison.ci_high,
    comparison.reliability,
    comparison.limit_95_low,
    comparison.limit_95_high,
    comparison.limit_998_low,
    comparison.limit_998_high,
    comparison.funnel_place as place,
    comparison.standardised_score,
    comparison.figure_status
from marts.fct_area_comparison as comparison
inner join marts.dim_inspection as inspection using (inspection_id, framework_code, area_code)
inner join marts.dim_area as area using (area_code)
where
    comparison.framework_code = getvariable('framework_code')
    and comparison.level = 'criterion'
    and comparison.code = getvariable('criterion_code')
order by area.area_name, inspection.fieldwork_from, comparison.inspection_id
