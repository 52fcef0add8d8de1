with scores as (
    select * from {{ ref('fct_section_score') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__score') }}
    where level = 'section'
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.section_code,
        scores.framework_code,
        {{ public_score() }},
        {{ unless_suppressed('scores.published_score_pct') }} as published_score_pct,
        {{ figure_status('scores.score', 'not_applicable') }} as figure_status
    from scores
    inner join disclosure
        on
            scores.inspection_id = disclosure.inspection_id
            and scores.sample_group = disclosure.sample_group
            and scores.section_code = disclosure.code
)

select * from final
