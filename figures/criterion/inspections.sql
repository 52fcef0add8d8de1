select
    area.area_code,
    area.area_name,
    inspection.inspection_id,
    inspection.inspection_title,
    score.cases,
    score.score,
    score.ci_low,
    score.ci_high,
    score.is_revised,
    score.figure_status
from marts.fct_criterion_score as score
inner join marts.dim_inspection as inspection using (inspection_id)
inner join marts.dim_area as area using (area_code)
where
    score.framework_code = getvariable('framework_code')
    and score.criterion_code = getvariable('criterion_code')
    and score.sample_group = 'all'
    and inspection.follow_up_of is null
order by area.area_name, inspection.fieldwork_from, inspection.inspection_id
