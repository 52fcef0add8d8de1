select
    sample_group.sample_group,
    sample_group.sample_group_title,
    change.scored_cases,
    change.rescored_cases,
    change.rescored_share,
    change.improved_share,
    change.improved_ci_low,
    change.improved_ci_high,
    change.mean_change,
    change.figure_status
from marts.fct_oasys_change as change
inner join marts.dim_sample_group as sample_group using (sample_group)
where change.inspection_id = getvariable('inspection_id')
order by sample_group.display_order
