select
    design_part,
    part_title,
    unit,
    planned_from,
    planned_to,
    actual,
    verdict
from marts.fct_sample_design
where inspection_id = getvariable('inspection_id')
order by design_part
