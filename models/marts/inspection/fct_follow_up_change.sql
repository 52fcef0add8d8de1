with pairs as (
    select * from {{ ref('int_inspection__follow_up_pair') }}
),

final as (
    select
        inspection_id,
        criterion_code,
        original_inspection_id,
        framework_code,
        case
            when not has_original then 'original not loaded'
            when change is null then 'nothing comparable'
            else 'compared'
        end as status,
        original_score,
        original_comparable_score,
        follow_up_score,
        change,
        standard_error,
        {{ beyond_chance('change', 'standard_error') }} as beyond_chance,
        is_reliable
    from pairs
)

select * from final
