with comparisons as (
    select * from {{ ref('fct_subsample_comparison') }}
),

scores as (
    select * from {{ ref('int_disclosure__score') }}
),

disclosed as (
    select
        comparisons.*,
        scores.is_suppressed as is_score_suppressed,
        coalesce(all_scores.is_suppressed, false) as is_all_suppressed,
        scores.is_suppressed or coalesce(all_scores.is_suppressed, false) as is_suppressed
    from comparisons
    inner join scores
        on
            comparisons.inspection_id = scores.inspection_id
            and comparisons.sample_group = scores.sample_group
            and comparisons.level = scores.level
            and comparisons.code = scores.code
    left join scores as all_scores
        on
            comparisons.inspection_id = all_scores.inspection_id
            and all_scores.sample_group = 'all'
            and comparisons.level = all_scores.level
            and comparisons.code = all_scores.code
),

final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        framework_code,
        {{ unless_suppressed(whole_percent('score'), 'is_score_suppressed') }} as score,
        {{ unless_suppressed(whole_percent('all_score'), 'is_all_suppressed') }} as all_score,
        {{ unless_suppressed(whole_percent('difference')) }} as difference,
        {{ unless_suppressed(whole_percent('standard_error')) }} as standard_error,
        {{ unless_suppressed('beyond_chance') }} as beyond_chance,
        {{ unless_suppressed('is_reliable') }} as is_reliable,
        {{ figure_status('difference', 'not_applicable') }} as figure_status
    from disclosed
)

select * from final
