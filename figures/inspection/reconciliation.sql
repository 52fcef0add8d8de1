select
    sample_group.sample_group_title,
    level,
    code,
    check_name,
    published,
    recomputed,
    implied_low,
    implied_high,
    verdict
from marts.fct_reconciliation
inner join marts.dim_sample_group as sample_group using (sample_group)
where inspection_id = getvariable('inspection_id')
order by
    sample_group.display_order,
    check_name desc,
    case level when 'criterion' then 1 when 'section' then 2 when 'overall' then 3 else 4 end,
    code
