with scores as (
    select * from {{ ref('int_inspection__pooled_score') }}
    where theme_code is null and sample_group = 'all'
),

dispersions as (
    select * from {{ ref('fct_score_dispersion') }}
),

limits as (
    select * from {{ ref('int_inspection__funnel_limit') }}
),

standardised_scores as (
    select * from {{ ref('int_inspection__standardised_score') }}
),

final as (
    select
        scores.inspection_id,
        scores.level,
        scores.code,
        scores.framework_code,
        scores.area_code,
        scores.cases,
        scores.score,
        scores.standard_error,
        scores.ci_low,
        scores.ci_high,
        scores.reliability,
        scores.is_reliable,
        scores.pooled_score,
        limits.limit_95_low,
        limits.limit_95_high,
        limits.limit_998_low,
        limits.limit_998_high,
        {{ funnel_place('scores.score', 'limits') }},
        dispersions.inspections,
        dispersions.design_effect,
        dispersions.is_like_sized,
        dispersions.dispersion,
        dispersions.is_overdispersed,
        standardised_scores.score as standardised_score,
        standardised_scores.mix_covered,
        {{ figure_status('scores.score', 'not_applicable', 'scores.cases') }} as figure_status
    from scores
    inner join dispersions
        on
            scores.framework_code = dispersions.framework_code
            and scores.level = dispersions.level
            and scores.code = dispersions.code
    inner join standardised_scores
        on
            scores.inspection_id = standardised_scores.inspection_id
            and scores.level = standardised_scores.level
            and scores.code = standardised_scores.code
    left join limits
        on
            scores.framework_code = limits.framework_code
            and scores.level = limits.level
            and scores.code = limits.code
            and scores.cases = limits.cases
)

select * from final
