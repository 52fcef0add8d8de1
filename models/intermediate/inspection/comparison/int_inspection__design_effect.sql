-- A score averages over questions, so chance moves it less than if each case were one answer: by the design effect.
with scores as (
    select
        *,
        pooled_score * (1 - pooled_score) / cases as binomial_variance
    from {{ ref('int_inspection__pooled_score') }}
    where theme_code is null and sample_group = 'all'
),

final as (
    select
        framework_code,
        level,
        code,
        pooled_cases,
        pooled_score,
        cast(count(*) as int) as inspections,
        max(cases) <= {{ 1 + var('like_sized_within') }} * min(cases) as is_like_sized,
        {{ exact_sum('variance') }}
        / nullif({{ exact_sum('case when variance is not null then binomial_variance end') }}, 0) as design_effect,
        {{ exact_sum('(score - pooled_score) * (score - pooled_score) / nullif(binomial_variance, 0)') }}
            as binomial_chi_square
    from scores
    group by framework_code, level, code, pooled_cases, pooled_score
)

select * from final
