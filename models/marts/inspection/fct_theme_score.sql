with pooled as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind = 'pooled'
),

scores as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind = 'sample_group'
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

final as (
    select
        pooled.framework_code,
        pooled.sample_group,
        pooled.level,
        pooled.code,
        scores.inspection_id,
        inspections.area_code,
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
        scores.is_reliable,
        {{ figure_status('scores.score', 'not_applicable', 'scores.cases') }} as figure_status
    from pooled
    inner join scores
        on
            pooled.framework_code = scores.framework_code
            and pooled.sample_group = scores.sample_group
            and pooled.level = scores.level
            and pooled.code = scores.code
    inner join inspections
        on scores.inspection_id = inspections.inspection_id
)

select * from final
