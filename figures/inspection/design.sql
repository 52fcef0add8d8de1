select
    design_part,
    part_title,
    unit,
    case unit when 'share' then 'percent' else unit end as printed_unit,
    planned_from * case unit when 'share' then 100 else 1 end as planned_from,
    planned_to * case unit when 'share' then 100 else 1 end as planned_to,
    actual * case unit when 'share' then 100 else 1 end as actual,
    verdict
from marts.fct_sample_design
where inspection_id = getvariable('inspection_id')
order by design_part
