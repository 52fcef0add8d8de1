select
    inspection.inspection_id,
    inspection.inspection_title || ', ' || strftime(inspection.fieldwork_from, '%B %Y') as inspection_title,
    criterion.criterion_code,
    coalesce(printed.criterion_title, criterion.criterion_title) as criterion_title,
    criterion.framework_code
from marts.fct_criterion_score as score
inner join marts.dim_inspection as inspection using (inspection_id, framework_code)
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
left join marts.dim_printed_title as printed
    on
        score.inspection_id = printed.inspection_id
        and printed.sample_group = 'all'
        and score.criterion_code = printed.criterion_code
where score.sample_group = 'all'
order by inspection.inspection_id, criterion.criterion_code
