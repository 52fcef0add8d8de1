with judgements as (
    select * from {{ ref('fct_judgement') }}
),

cases as (
    select * from {{ ref('dim_case') }}
    where sample = 'main'
),

counted as (
    select
        judgements.inspection_id,
        judgements.question_code,
        cast(count(*) as int) as judged_cases,
        cast(count(*) filter (where not judgements.is_relevant) as int) as not_applicable_cases
    from judgements
    inner join cases
        on judgements.case_key = cases.case_key
    group by judgements.inspection_id, judgements.question_code
),

sampled as (
    select
        inspection_id,
        cast(count(*) as int) as sampled_cases
    from cases
    group by inspection_id
),

final as (
    select
        counted.inspection_id,
        counted.question_code,
        sampled.sampled_cases,
        counted.judged_cases,
        counted.not_applicable_cases,
        cast(counted.not_applicable_cases as double) / counted.judged_cases as not_applicable_share
    from counted
    inner join sampled
        on counted.inspection_id = sampled.inspection_id
)

select * from final
