select
    area.area_code,
    area.area_name,
    comparison.score,
    comparison.ci_low,
    comparison.ci_high,
    comparison.pooled_score
from marts.fct_area_comparison as comparison
inner join marts.dim_area as area using (area_code)
where
    comparison.framework_code = getvariable('framework_code')
    and comparison.level = 'criterion'
    and comparison.code = getvariable('criterion_code')
    and comparison.is_like_sized
order by comparison.score desc, area.area_name, comparison.inspection_id
