select
    sample_group.sample_group,
    sample_group.sample_group_title,
    reconviction.months,
    reconviction.observed_cases,
    reconviction.reconvicted_cases,
    reconviction.reconvicted_share,
    reconviction.ci_low,
    reconviction.ci_high,
    reconviction.figure_status
from marts.fct_reconviction as reconviction
inner join marts.dim_sample_group as sample_group using (sample_group)
where reconviction.inspection_id = getvariable('inspection_id')
order by sample_group.display_order, reconviction.months
