-- Cases that a question applied to and cases below the line, with noise.
with noisy as (
    {{ with_noise('cnt_question_cell') }}
),

final as (
    select
        inspection_id,
        question_code,
        cast(max(case when part = 'base' then people + noise end) as int) as base,
        cast(coalesce(max(case when part = 'side' then people + noise end), 0) as int) as side
    from noisy
    group by inspection_id, question_code
)

select * from final
