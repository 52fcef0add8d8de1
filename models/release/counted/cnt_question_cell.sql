-- The cases of the main sample that a question applied to, and those below the line, with their cell keys.
with judgements as (
    select * from {{ ref('fct_judgement') }}
    where is_relevant
),

cases as (
    select * from {{ ref('dim_case') }}
    where sample = 'main'
),

record_keys as (
    select * from {{ ref('rel_record_key') }}
),

keyed as (
    select
        judgements.inspection_id,
        judgements.question_code,
        judgements.is_above_line,
        record_keys.record_key
    from judgements
    inner join cases
        on
            judgements.inspection_id = cases.inspection_id
            and judgements.case_key = cases.case_key
    inner join record_keys
        on
            judgements.case_key = record_keys.case_key
            and judgements.inspection_id = record_keys.period
),

final as (
    select
        inspection_id,
        question_code,
        'base' as part,
        cast(count(*) as bigint) as people,
        cast(cast(sum(record_key) % {{ var('record_keys') }} as bigint) as string) as cell_key
    from keyed
    group by inspection_id, question_code
    union all
    select
        inspection_id,
        question_code,
        'side' as part,
        cast(count(*) as bigint) as people,
        cast(cast(sum(record_key) % {{ var('record_keys') }} as bigint) as string) as cell_key
    from keyed
    where not is_above_line
    group by inspection_id, question_code
)

select * from final
