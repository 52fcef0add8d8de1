select
    judged.inspection_id,
    judged.criterion_code,
    judged.inspection_id || ' ' || judged.criterion_code as code,
    criterion.criterion_title || ', ' || inspection.inspection_title as title
from marts.fct_criterion_score as judged
inner join marts.dim_inspection as inspection using (inspection_id, framework_code)
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
where judged.sample_group = 'all'
order by inspection.inspection_title, judged.inspection_id, criterion.display_order
