with pairs as (
    select * from {{ ref('int_inspection__follow_up_pair') }}
),

published as (
    select figures.*
    from {{ ref('int_inspection__published_figure') }} as figures
    inner join {{ ref('sample_groups') }} as sample_groups
        on figures.sample_group = sample_groups.sample_group
    where figures.level = 'criterion' and not figures.is_word and sample_groups.is_follow_up_pair = 1
),

final as (
    select
        pairs.inspection_id,
        pairs.criterion_code,
        pairs.original_inspection_id,
        pairs.framework_code,
        case
            when not pairs.has_original then 'original not loaded'
            when pairs.difference is null then 'nothing comparable'
            else 'compared'
        end as status,
        pairs.original_score,
        pairs.original_comparable_score,
        pairs.follow_up_score,
        pairs.difference as change,
        pairs.standard_error,
        pairs.degrees_of_freedom,
        pairs.p_value,
        pairs.q_value,
        pairs.beyond_chance,
        pairs.reliability,
        pairs.reliability = 'reliable' as is_reliable,
        cast(round(before.published_score_pct) as int) as original_published_pct,
        cast(round(after.published_score_pct) as int) as follow_up_published_pct
    from pairs
    left join published as before
        on
            pairs.original_inspection_id = before.inspection_id
            and pairs.framework_code = before.framework_code
            and pairs.criterion_code = before.code
    left join published as after
        on
            pairs.inspection_id = after.inspection_id
            and pairs.criterion_code = after.code
)

select * from final
