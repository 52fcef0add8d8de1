select
    comparison.inspection_id,
    inspection.inspection_title,
    area.area_name,
    inspection.fieldwork_from,
    comparison.cases,
    comparison.score,
    score.ci_low,
    score.ci_high,
    comparison.pooled_score,
    comparison.limit_95_low,
    comparison.limit_95_high,
    comparison.limit_998_low,
    comparison.limit_998_high,
    case
        when comparison.outside_998 then 'outside 99.8% limits'
        when comparison.outside_95 then 'outside 95% limits'
        when comparison.score is not null then 'inside'
    end as place,
    coalesce(comparison.outside_95, false) as outside,
    coalesce(comparison.outside_998, false) as far_outside,
    comparison.standardised_score,
    comparison.figure_status
from marts.fct_area_comparison as comparison
inner join marts.dim_inspection as inspection using (inspection_id, framework_code, area_code)
inner join marts.dim_area as area using (area_code)
left join marts.fct_criterion_score as score
    on
        comparison.inspection_id = score.inspection_id
        and comparison.code = score.criterion_code
        and score.sample_group = 'all'
where
    comparison.framework_code = getvariable('framework_code')
    and comparison.level = 'criterion'
    and comparison.code = getvariable('criterion_code')
order by area.area_name, inspection.fieldwork_from, comparison.inspection_id
