-- What a criterion's percentage can be, given the printed figures of its questions. Edges are brought to nine decimals,
-- as those of sections are; the upper one is itself allowed only where that of every question is.
with questions as (
    select * from {{ ref('int_inspection__question_interval') }}
),

sides as (
    select
        inspection_id,
        sample_group,
        criterion_code,
        side_share,
        min(case when is_printed then 1 else 0 end) as is_complete,
        min(case when is_closed then 1 else 0 end) as is_closed,
        {{ exact_sum('weight * low') }} / sum(weight) as low,
        {{ exact_sum('weight * high') }} / sum(weight) as high
    from questions
    group by inspection_id, sample_group, criterion_code, side_share
),

final as (
    select
        inspection_id,
        sample_group,
        criterion_code,
        min(is_complete) = 1 as is_complete,
        min(is_closed) = 1 as is_closed,
        round({{ exact_sum('side_share * low') }} / sum(side_share), 9) as allowed_low,
        round({{ exact_sum('side_share * high') }} / sum(side_share), 9) as allowed_high
    from sides
    group by inspection_id, sample_group, criterion_code
)

select * from final
