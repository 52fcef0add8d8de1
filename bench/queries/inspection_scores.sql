-- An inspector writing a report: every criterion's score in this inspection, how sure it is, and what was published.
select
    section_code,
    criterion_code,
    criterion_title,
    cases,
    score_pct,
    ci_low,
    ci_high,
    is_reliable,
    published_score_pct
from marts.fct_criterion_score
inner join marts.dim_criterion using (framework_code, section_code, criterion_code)
where inspection_id = $inspection_id and sample_group = 'all'
order by section_code, criterion_code
