with themes as (
    select * from {{ ref('fct_theme_score') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__score') }}
),

disclosed as (
    select
        themes.*,
        disclosure.is_suppressed,
        disclosure.is_count_suppressed,
        pooled.is_suppressed as is_pool_suppressed
    from themes
    inner join disclosure
        on
            themes.inspection_id = disclosure.inspection_id
            and themes.sample_group = disclosure.sample_group
            and themes.level = disclosure.level
            and themes.code = disclosure.code
    inner join disclosure as pooled
        on
            concat('pooled:', themes.framework_code) = pooled.inspection_id
            and themes.sample_group = pooled.sample_group
            and themes.level = pooled.level
            and themes.code = pooled.code
),

final as (
    select
        framework_code,
        sample_group,
        level,
        code,
        inspection_id,
        area_code,
        {{ unless_suppressed('pooled_cases', 'is_pool_suppressed') }} as pooled_cases,
        {{ unless_suppressed(whole_percent('pooled_score'), 'is_pool_suppressed') }} as pooled_score,
        {{ unless_suppressed('pooled_score_pct', 'is_pool_suppressed') }} as pooled_score_pct,
        {{ unless_suppressed(whole_percent('pooled_standard_error'), 'is_pool_suppressed') }} as pooled_standard_error,
        {{ unless_suppressed(whole_percent('pooled_ci_low'), 'is_pool_suppressed') }} as pooled_ci_low,
        {{ unless_suppressed(whole_percent('pooled_ci_high'), 'is_pool_suppressed') }} as pooled_ci_high,
        {{ unless_suppressed('pooled_is_reliable', 'is_pool_suppressed') }} as pooled_is_reliable,
        {{ figure_status('pooled_score', 'not_applicable', 'is_pool_suppressed') }} as pooled_status,
        {{ unless_suppressed('cases', 'is_count_suppressed') }} as cases,
        {{ figure_status('cases', 'not_applicable', 'is_count_suppressed') }} as cases_status,
        {{ unless_suppressed(whole_percent('score')) }} as score,
        {{ unless_suppressed('score_pct') }} as score_pct,
        {{ unless_suppressed(whole_percent('standard_error')) }} as standard_error,
        {{ unless_suppressed(whole_percent('ci_low')) }} as ci_low,
        {{ unless_suppressed(whole_percent('ci_high')) }} as ci_high,
        {{ unless_suppressed('is_reliable') }} as is_reliable,
        {{ figure_status('score', 'not_applicable') }} as figure_status
    from disclosed
)

select * from final
