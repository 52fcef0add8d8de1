select
    level,
    code,
    check_name,
    published,
    recomputed,
    implied_low,
    implied_high,
    verdict
from marts.fct_reconciliation
where inspection_id = getvariable('inspection_id') and sample_group = 'all'
order by
    check_name desc,
    case level when 'criterion' then 1 when 'section' then 2 when 'overall' then 3 else 4 end,
    code
