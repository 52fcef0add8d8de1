select
    part_code,
    part_title,
    caseload_year,
    caseload_cases,
    sampled_cases,
    known_cases,
    part_cases,
    sample_share,
    caseload_share,
    difference,
    status
from marts.fct_sample_representation
where inspection_id = getvariable('inspection_id')
order by display_order
