select
    sample_group.sample_group,
    sample_group.sample_group_title,
    level,
    code,
    check_name,
    published,
    recomputed,
    explanation
from marts.fct_reconciliation
inner join marts.dim_sample_group as sample_group using (sample_group)
where inspection_id = getvariable('inspection_id') and verdict = 'inconsistent'
order by sample_group.display_order, level, code, check_name desc
