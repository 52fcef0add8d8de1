select
    sample_group.sample_group,
    sample_group.sample_group_title,
    sample_group.rule,
    score.cases,
    score.score,
    score.standard_error, -- staff
    score.ci_low,
    score.ci_high,
    score.is_revised, -- public
    score.reliability, -- staff
    score.reliability_reason, -- staff
    score.figure_status
from marts.fct_criterion_score as score
inner join marts.dim_sample_group as sample_group using (sample_group)
where
    score.inspection_id = getvariable('inspection_id')
    and score.criterion_code = getvariable('criterion_code')
order by sample_group.display_order
