{% set of_pool = [
    'cases', 'score', 'score_pct', 'standard_error', 'variance_floor', 'n_eff', 'ci_low', 'ci_high',
    'within_standard_error', 'within_ci_low', 'within_ci_high', 'reliability', 'reliability_reason', 'is_reliable'
] %}

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
        {% for column in of_pool %}
        pooled.{{ column }} as pooled_{{ column }},
        {% endfor %}
        scores.cases,
        scores.score,
        scores.score_pct,
        scores.variance,
        scores.standard_error,
        scores.ci_low,
        scores.ci_high,
        scores.reliability,
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
