select
    score.criterion_code as code,
    score.criterion_code || ' ' || coalesce(printed.criterion_title, criterion.criterion_title) as label,
    score.score,
    score.ci_low,
    score.ci_high,
    score.is_revised, -- public
    score.standard_error, -- staff
    score.caseload_ci_low, -- staff
    score.caseload_ci_high, -- staff
    high.score as high_roh_score,
    score.reliability, -- staff
    score.reliability_reason, -- staff
    score.figure_status,
    coalesce(high.figure_status, 'not_available') as high_roh_status
from marts.fct_criterion_score as score
inner join marts.dim_criterion as criterion using (framework_code, section_code, criterion_code)
left join marts.fct_criterion_score as high
    on
        score.inspection_id = high.inspection_id
        and score.criterion_code = high.criterion_code
        and high.sample_group = 'high_roh'
left join marts.dim_printed_title as printed
    on
        score.inspection_id = printed.inspection_id
        and printed.sample_group = 'all'
        and score.criterion_code = printed.criterion_code
where score.inspection_id = getvariable('inspection_id') and score.sample_group = 'all'
order by score.criterion_code
