with scores as (
    select * from {{ ref('int_inspection__score_interval') }}
),

pooled_groups as (
    select * from {{ ref('int_inspection__pooled_group') }}
),

final as (
    select
        pooled_groups.framework_code,
        pooled_groups.pool,
        pooled_groups.pool_code,
        pooled_groups.sample_group,
        pooled_groups.characteristic,
        pooled_groups.category,
        scores.level,
        scores.code,
        pooled_groups.inspections,
        scores.cases,
        scores.score,
        scores.score_pct,
        scores.standard_error,
        scores.variance_floor,
        scores.n_eff,
        scores.ci_low,
        scores.ci_high,
        scores.within_standard_error,
        scores.within_ci_low,
        scores.within_ci_high,
        scores.weight_on_too_few,
        scores.weight_on_few,
        scores.reliability,
        scores.reliability_reason,
        scores.is_reliable,
        {{ figure_status('scores.score', 'not_applicable', 'scores.cases') }} as figure_status
    from scores
    inner join pooled_groups
        on
            scores.inspection_id = pooled_groups.pool_key
            and scores.sample_group = pooled_groups.scored_sample_group
)

select * from final
