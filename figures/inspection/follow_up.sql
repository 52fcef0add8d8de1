select
    change.criterion_code,
    change.criterion_code || ' ' || criterion.criterion_title as label,
    change.status,
    change.original_score,
    change.original_published_pct,
    change.original_comparable_score,
    change.follow_up_published_pct,
    change.follow_up_score,
    change.change,
    change.q_value,
    change.beyond_chance,
    change.reliability
from marts.fct_follow_up_change as change
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
where change.inspection_id = getvariable('inspection_id')
order by change.criterion_code
