with tested as (
    select
        *,
        binomial_chi_square / nullif(design_effect, 0) as chi_square,
        cast(nullif(inspections - 1, 0) as double) as degrees_of_freedom
    from {{ ref('int_inspection__design_effect') }}
),

final as (
    select
        framework_code,
        level,
        code,
        inspections,
        pooled_cases,
        pooled_score,
        is_like_sized,
        design_effect,
        chi_square,
        {{ chi_square_95('degrees_of_freedom') }} as chi_square_limit,
        chi_square / degrees_of_freedom as dispersion,
        chi_square > {{ chi_square_95('degrees_of_freedom') }} as is_overdispersed
    from tested
)

select * from final
