-- What printed figures say about each other, whatever we compute.
with final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        'internal' as check_name,
        published,
        implied_low,
        implied_high,
        verdict,
        explanation
    from {{ ref('int_inspection__internal_check') }}
    union all
    select
        inspection_id,
        sample_group,
        level,
        code,
        'from questions' as check_name,
        published,
        implied_low,
        implied_high,
        verdict,
        explanation
    from {{ ref('int_inspection__from_questions_check') }}
    union all
    select
        inspection_id,
        sample_group,
        level,
        code,
        'attainable' as check_name,
        published,
        cast(null as double) as implied_low,
        cast(null as double) as implied_high,
        verdict,
        explanation
    from {{ ref('int_inspection__attainable_check') }}
)

select * from final
