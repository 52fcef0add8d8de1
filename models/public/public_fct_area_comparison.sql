with comparisons as (
    select * from {{ ref('fct_area_comparison') }}
),

themes as (
    select * from {{ ref('public_fct_theme_score') }}
    where sample_group = 'all'
),

disclosed as (
    select
        comparisons.*,
        themes.score as public_score,
        themes.pooled_score as public_pooled_score,
        themes.cases as public_cases,
        themes.cases_status,
        'suppressed' in (themes.figure_status, themes.cases_status, themes.pooled_status) as is_suppressed
    from comparisons
    inner join themes
        on
            comparisons.inspection_id = themes.inspection_id
            and comparisons.level = themes.level
            and comparisons.code = themes.code
),

final as (
    select
        inspection_id,
        level,
        code,
        framework_code,
        area_code,
        public_cases as cases,
        cases_status,
        {{ unless_suppressed('public_score') }} as score,
        {{ unless_suppressed('is_reliable') }} as is_reliable,
        public_pooled_score as pooled_score,
        {{ unless_suppressed('limit_95_low') }} as limit_95_low,
        {{ unless_suppressed('limit_95_high') }} as limit_95_high,
        {{ unless_suppressed('limit_998_low') }} as limit_998_low,
        {{ unless_suppressed('limit_998_high') }} as limit_998_high,
        {{ unless_suppressed('outside_95') }} as outside_95,
        {{ unless_suppressed('outside_998') }} as outside_998,
        {{ unless_suppressed(whole_percent('standardised_score')) }} as standardised_score,
        {{ unless_suppressed(whole_percent('mix_covered')) }} as mix_covered,
        {{ figure_status('score', 'not_applicable') }} as figure_status
    from disclosed
)

select * from final
