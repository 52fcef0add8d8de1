with scores as (
    select * from {{ ref('int_inspection__pooled_score') }}
    where theme_code is null and sample_group = 'all'
),

tested as (
    select
        framework_code,
        level,
        code,
        pooled_cases,
        pooled_score,
        cast(count(*) as int) as inspections,
        cast(nullif(count(*) - 1, 0) as double) as degrees_of_freedom,
        {{ exact_sum(
            'cases * (score - pooled_score) * (score - pooled_score) / nullif(pooled_score * (1 - pooled_score), 0)'
        ) }} as chi_square
    from scores
    group by framework_code, level, code, pooled_cases, pooled_score
),

final as (
    select
        framework_code,
        level,
        code,
        inspections,
        pooled_cases,
        pooled_score,
        chi_square,
        {{ chi_square_95('degrees_of_freedom') }} as chi_square_limit,
        chi_square / degrees_of_freedom as dispersion,
        chi_square > {{ chi_square_95('degrees_of_freedom') }} as is_overdispersed
    from tested
)

select * from final
