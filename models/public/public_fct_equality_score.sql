with scores as (
    select * from {{ ref('fct_equality_score') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__score') }}
),

final as (
    select
        scores.inspection_id,
        scores.characteristic,
        scores.category,
        scores.level,
        scores.code,
        scores.framework_code,
        {{ public_score() }},
        {{ figure_status('scores.score', 'not_applicable') }} as figure_status
    from scores
    inner join disclosure
        on
            scores.inspection_id = disclosure.inspection_id
            and concat(scores.characteristic, ':', scores.category) = disclosure.sample_group
            and scores.level = disclosure.level
            and scores.code = disclosure.code
)

select * from final
