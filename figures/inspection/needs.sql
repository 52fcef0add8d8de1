select
    need,
    cases,
    sampled_cases,
    share,
    better_cases,
    same_cases,
    worse_cases
from marts.fct_need_count
where inspection_id = getvariable('inspection_id')
order by display_order
