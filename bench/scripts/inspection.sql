-- Inspection marts, written straight from the delivered rows, in SQL that DuckDB and Spark both run. Group rules, the
-- 80/20 summary and the thread's sections are spelled out here, where the warehouse has them as seeds.

create temp table keyed_case as
select
    *,
    case_hash(inspection_id || '|' || case_id) as case_key
from case_sample;

create table marts.dim_inspection as
select
    inspection_id,
    framework_code,
    area_code,
    inspection_title,
    fieldwork_from,
    fieldwork_to,
    published_on,
    follow_up_of
from inspection;

create table marts.dim_case as
select
    case_key,
    inspection_id,
    sample,
    order_type,
    requirements,
    risk_of_harm,
    ppo = 'Y' as ppo,
    tier,
    sex,
    coalesce(ethnicity_group, 'Not known') as ethnicity_group,
    age_band,
    assessor_type
from keyed_case
left join ethnicities on ethnicity = ethnicity_code;

create table marts.fct_judgement as
select
    judgement.inspection_id,
    case_key,
    question_code,
    answer,
    answer <> 'not_applicable' as is_relevant,
    answer in ('excellent', 'sufficient') as is_above_line
from judgement
inner join keyed_case
    on judgement.inspection_id = keyed_case.inspection_id and judgement.case_id = keyed_case.case_id;

create temp table case_group as
with main_case as (
    select * from keyed_case
    where sample = 'main'
)

select case_key, 'all' as sample_group from main_case
union all
select case_key, 'high_roh' from main_case where risk_of_harm in ('H', 'V')
union all
select case_key, 'unpaid_work' from main_case where requirements like '%UPW%'
union all
select case_key, 'substance_misuse' from main_case where oasys_alcohol >= 4 or oasys_drugs >= 4
union all
select case_key, 'comparable' from main_case where coalesce(requirements, '') <> 'UPW'
union all
select case_key, 'tier_4' from main_case where tier = 4
union all
select case_key, 'ppo' from main_case where ppo = 'Y'
union all
select case_key, 'custody' from main_case where order_type = 'CUS'
union all
select case_key, 'very_high' from main_case where risk_of_harm = 'V'
union all
select case_key, assessor_type from main_case
union all
select case_key, 'post_cja' from keyed_case where sample = 'post_cja';

create table marts.dim_sample_group as
select distinct sample_group
from case_group;

create table marts.fct_question_score as
with counted as (
    select
        inspection_id,
        sample_group,
        question_code,
        count(*) filter (where is_relevant) as relevant_cases,
        count(*) filter (where is_above_line) as above_line_cases
    from marts.fct_judgement
    inner join case_group using (case_key)
    group by inspection_id, sample_group, question_code
)

select
    counted.inspection_id,
    sample_group,
    counted.question_code,
    criterion_code,
    relevant_cases,
    above_line_cases,
    above_line_cases / nullif(relevant_cases, 0) as proportion
from counted
inner join inspection on counted.inspection_id = inspection.inspection_id
inner join questions
    on inspection.framework_code = questions.framework_code and counted.question_code = questions.question_code
where sample_group <> 'comparable' or in_follow_up = '1';

create temp table judged_question as
select
    inspection_id,
    sample_group,
    frameworks.framework_code,
    section_code,
    criterion_code,
    case when criterion_method = 'questions_80_summary_20' then is_summary = '1' else false end as is_summary,
    thread_questions.thread_code = 'ROH' and frameworks.framework_code = 'OMI' and section_code in ('1', '2') as in_thread,
    cast(questions.weight as double) as question_weight,
    case when section_method = 'weighted_by_criterion' then cast(criteria.weight as double) else 1 end
        as criterion_weight,
    proportion
from marts.fct_question_score
inner join inspection using (inspection_id)
inner join questions using (framework_code, question_code, criterion_code)
left join thread_questions using (framework_code, question_code)
inner join criteria using (framework_code, criterion_code)
inner join frameworks using (framework_code)
where proportion is not null and criteria.scoring = 'percentage' and cast(questions.weight as double) > 0;

create temp table criterion_score as
with sides as (
    select
        inspection_id,
        sample_group,
        framework_code,
        section_code,
        criterion_code,
        criterion_weight,
        case when is_summary then 0.2 else 0.8 end as share,
        sum(proportion * question_weight) / sum(question_weight) as score
    from judged_question
    group by all
)

select
    inspection_id,
    sample_group,
    framework_code,
    section_code,
    criterion_code,
    criterion_weight,
    sum(score * share) / sum(share) as score
from sides
group by all;

create temp table section_score as
select
    inspection_id,
    sample_group,
    framework_code,
    section_code,
    sum(score * criterion_weight) / sum(criterion_weight) as score
from criterion_score
where sample_group <> 'comparable'
group by all;

create table marts.fct_criterion_score as
select
    criterion_score.inspection_id,
    criterion_score.sample_group,
    criterion_code,
    section_code,
    score,
    score_pct(score) as score_pct,
    published_score_pct
from criterion_score
left join published_score
    on
        criterion_score.inspection_id = published_score.inspection_id
        and criterion_score.sample_group = published_score.sample_group
        and level = 'criterion'
        and criterion_code = code;

create table marts.fct_section_score as
select
    section_score.inspection_id,
    section_score.sample_group,
    section_code,
    score,
    score_pct(score) as score_pct,
    published_score_pct
from section_score
left join published_score
    on
        section_score.inspection_id = published_score.inspection_id
        and section_score.sample_group = published_score.sample_group
        and level = 'section'
        and section_code = code;

create table marts.fct_overall_score as
with overall as (
    select
        inspection_id,
        sample_group,
        sum(score * cast(overall_weight as double)) as score
    from section_score
    inner join sections using (framework_code, section_code)
    where overall_weight is not null
    group by inspection_id, sample_group
    having count(*) = 3
)

select
    overall.inspection_id,
    overall.sample_group,
    score,
    score_pct(score) as score_pct,
    published_score_pct
from overall
left join published_score
    on
        overall.inspection_id = published_score.inspection_id
        and overall.sample_group = published_score.sample_group
        and level = 'overall';

create table marts.fct_thread_score as
with thread as (
    select
        inspection_id,
        sample_group,
        avg(proportion) as score
    from judged_question
    where in_thread and sample_group <> 'comparable'
    group by inspection_id, sample_group
)

select
    thread.inspection_id,
    thread.sample_group,
    'ROH' as thread_code,
    score,
    score_pct(score) as score_pct,
    published_score_pct
from thread
left join published_score
    on
        thread.inspection_id = published_score.inspection_id
        and thread.sample_group = published_score.sample_group
        and level = 'thread';
