-- A researcher: answers to the risk of harm questions by criterion, type of order and age, over every case of a programme.
select
    criterion_code,
    order_type,
    age_band,
    count(*) as judgements,
    count(*) filter (where is_relevant) as relevant,
    count(*) filter (where is_above_line) / nullif(count(*) filter (where is_relevant), 0) as above_line_share
from marts.fct_judgement
inner join marts.dim_case using (inspection_id, case_key)
inner join marts.dim_inspection using (inspection_id)
inner join marts.dim_question using (framework_code, question_code)
where framework_code = $framework_code and roh_thread and sample = 'main'
group by criterion_code, order_type, age_band
order by criterion_code, order_type, age_band
