with dispersions as (
    select * from {{ ref('fct_score_dispersion') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__score') }}
    where sample_group = 'all'
),

final as (
    select
        dispersions.framework_code,
        dispersions.level,
        dispersions.code,
        dispersions.inspections,
        {{ unless_suppressed('dispersions.pooled_cases') }} as pooled_cases,
        {{ unless_suppressed(whole_percent('dispersions.pooled_score')) }} as pooled_score,
        {{ unless_suppressed('round(dispersions.chi_square, 1)') }} as chi_square,
        {{ unless_suppressed('round(dispersions.chi_square_limit, 1)') }} as chi_square_limit,
        {{ unless_suppressed('round(dispersions.dispersion, 1)') }} as dispersion,
        {{ unless_suppressed('dispersions.is_overdispersed') }} as is_overdispersed,
        {{ figure_status('dispersions.dispersion', 'not_applicable') }} as figure_status
    from dispersions
    inner join disclosure
        on
            concat('pooled:', dispersions.framework_code) = disclosure.inspection_id
            and dispersions.level = disclosure.level
            and dispersions.code = disclosure.code
)

select * from final
