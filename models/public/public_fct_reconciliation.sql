-- Words are ratings of management, not of cases, and have no score to be suppressed.
with checks as (
    select * from {{ ref('fct_reconciliation') }}
),

scores as (
    select * from {{ ref('int_disclosure__score') }}
),

disclosed as (
    select
        checks.*,
        coalesce(scores.is_suppressed, false) as is_suppressed
    from checks
    left join scores
        on
            checks.inspection_id = scores.inspection_id
            and checks.sample_group = scores.sample_group
            and checks.level = scores.level
            and checks.code = scores.code
),

final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        check_name,
        {{ unless_suppressed('published') }} as published,
        {{ unless_suppressed('implied_low') }} as implied_low,
        {{ unless_suppressed('implied_high') }} as implied_high,
        {{ unless_suppressed('recomputed') }} as recomputed,
        {{ unless_suppressed('verdict') }} as verdict,
        {{ figure_status('published', 'not_available') }} as figure_status
    from disclosed
)

select * from final
