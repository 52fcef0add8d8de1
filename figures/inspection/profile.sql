select
    characteristic,
    category,
    cases,
    share
from marts.fct_caseload_profile
where inspection_id = getvariable('inspection_id') and sample_group = 'all'
order by characteristic, category
