select
    sample_group.sample_group,
    sample_group.sample_group_title,
    level,
    code,
    published,
    why,
    found_by,
    source
from marts.fct_known_contradiction
inner join marts.dim_sample_group as sample_group using (sample_group)
where inspection_id = getvariable('inspection_id')
order by sample_group.display_order, level, code
