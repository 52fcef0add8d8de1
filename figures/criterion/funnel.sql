select
    area.area_code,
    area.area_name,
    comparison.cases,
    comparison.score,
    comparison.pooled_score,
    comparison.limit_95_low,
    comparison.limit_95_high,
    comparison.limit_998_low,
    comparison.limit_998_high,
    coalesce(comparison.outside_95, false) as outside,
    coalesce(comparison.outside_998, false) as far_outside
from marts.fct_area_comparison as comparison
inner join marts.dim_inspection as inspection using (inspection_id, framework_code, area_code)
inner join marts.dim_area as area using (area_code)
where
    comparison.framework_code = getvariable('framework_code')
    and comparison.level = 'criterion'
    and comparison.code = getvariable('criterion_code')
    and not comparison.is_like_sized
order by area.area_name, inspection.fieldwork_from, comparison.inspection_id
