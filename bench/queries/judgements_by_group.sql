-- A methodologist: the answers to one question over all cases, by who judged and the case's risk of harm.
select
    assessor_type,
    risk_of_harm,
    count(*) as judgements,
    count(*) filter (where is_relevant) as relevant,
    count(*) filter (where answer = 'excellent') as excellent,
    count(*) filter (where answer = 'poor') as poor,
    count(*) filter (where is_above_line) / nullif(count(*) filter (where is_relevant), 0) as above_line_share
from marts.fct_judgement
inner join marts.dim_case using (inspection_id, case_key)
inner join marts.dim_inspection using (inspection_id)
where question_code = $question_code and framework_code = $framework_code
group by assessor_type, risk_of_harm
order by assessor_type, risk_of_harm
