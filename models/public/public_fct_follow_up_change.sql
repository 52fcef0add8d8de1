with changes as (
    select * from {{ ref('fct_follow_up_change') }}
),

suppressed as (
    select * from {{ ref('int_disclosure__score') }}
    where is_suppressed and level = 'criterion'
),

disclosed as (
    select
        changes.*,
        originals.code is not null as is_original_suppressed,
        originals.code is not null or comparables.code is not null or follow_ups.code is not null as is_suppressed
    from changes
    left join suppressed as originals
        on
            changes.original_inspection_id = originals.inspection_id
            and originals.sample_group = 'all'
            and changes.criterion_code = originals.code
    left join suppressed as comparables
        on
            changes.original_inspection_id = comparables.inspection_id
            and comparables.sample_group = 'comparable'
            and changes.criterion_code = comparables.code
    left join suppressed as follow_ups
        on
            changes.inspection_id = follow_ups.inspection_id
            and follow_ups.sample_group = 'comparable'
            and changes.criterion_code = follow_ups.code
),

final as (
    select
        inspection_id,
        criterion_code,
        original_inspection_id,
        framework_code,
        status,
        {{ unless_suppressed(whole_percent('original_score'), 'is_original_suppressed') }} as original_score,
        {{ unless_suppressed(whole_percent('original_comparable_score')) }} as original_comparable_score,
        {{ unless_suppressed(whole_percent('follow_up_score')) }} as follow_up_score,
        {{ unless_suppressed(whole_percent('change')) }} as change,
        {{ unless_suppressed(whole_percent('standard_error')) }} as standard_error,
        {{ unless_suppressed('beyond_chance') }} as beyond_chance,
        {{ unless_suppressed('is_reliable') }} as is_reliable,
        {{ figure_status('change', 'not_applicable') }} as figure_status
    from disclosed
)

select * from final
