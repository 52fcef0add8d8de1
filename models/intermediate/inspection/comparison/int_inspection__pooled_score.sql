with pooled as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind in ('pooled', 'theme')
),

scores as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind = 'sample_group'
),

members as (
    select * from {{ ref('int_inspection__pool_member') }}
),

final as (
    select
        members.theme_code,
        pooled.framework_code,
        pooled.sample_group,
        pooled.level,
        pooled.code,
        scores.inspection_id,
        members.area_code,
        pooled.cases as pooled_cases,
        pooled.score as pooled_score,
        pooled.score_pct as pooled_score_pct,
        pooled.standard_error as pooled_standard_error,
        pooled.ci_low as pooled_ci_low,
        pooled.ci_high as pooled_ci_high,
        pooled.is_reliable as pooled_is_reliable,
        scores.cases,
        scores.score,
        scores.score_pct,
        scores.standard_error,
        scores.ci_low,
        scores.ci_high,
        scores.is_reliable
    from pooled
    inner join members
        on
            pooled.inspection_id = members.pool_id
            and pooled.sample_group = members.sample_group
    inner join scores
        on
            members.inspection_id = scores.inspection_id
            and pooled.sample_group = scores.sample_group
            and pooled.level = scores.level
            and pooled.code = scores.code
)

select * from final
