select
    score.score,
    score.ci_low,
    score.ci_high,
    score.cases,
    score.published_score_pct,
    score.figure_status,
    score.is_revised, -- public
    inspection.inspection_id,
    inspection.inspection_title || ', ' || strftime(inspection.fieldwork_from, '%B %Y') as inspection_title,
    criterion.framework_code,
    criterion.criterion_code,
    criterion.criterion_code || ' in all inspections' as everywhere
from marts.fct_criterion_score as score
inner join marts.dim_inspection as inspection using (inspection_id, framework_code)
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
where
    score.inspection_id = getvariable('inspection_id')
    and score.criterion_code = getvariable('criterion_code')
    and score.sample_group = 'all'
