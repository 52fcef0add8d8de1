-- Where a small question is a whole score, every score above the criteria of its group goes with that, as it would give
-- it away. Where a group is large enough but its size would give a smaller one away, only the number of cases is
-- suppressed: it cannot be told from a whole per cent.
with scores as (
    select * from {{ ref('int_inspection__score_interval') }}
),

suppressed_groups as (
    select
        inspection_id,
        sample_group,
        is_small
    from {{ ref('int_disclosure__sample_group') }}
    where is_suppressed
    union all
    select
        inspection_id,
        concat(characteristic, ':', category) as sample_group,
        is_small
    from {{ ref('int_disclosure__profile_cell') }}
    where is_suppressed and sample_group = 'all'
),

lone_scores as (
    select * from {{ ref('int_disclosure__lone_score') }}
),

lone_groups as (
    select distinct
        inspection_id,
        sample_group
    from lone_scores
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.level,
        scores.code,
        suppressed_groups.sample_group is not null or {{ too_small(['scores.cases']) }} as is_count_suppressed,
        coalesce(suppressed_groups.is_small, false)
        or lone_scores.sample_group is not null
        or (scores.level <> 'criterion' and lone_groups.sample_group is not null)
        or {{ too_small(['scores.cases']) }} as is_suppressed
    from scores
    left join suppressed_groups
        on
            scores.inspection_id = suppressed_groups.inspection_id
            and scores.sample_group = suppressed_groups.sample_group
    left join lone_scores
        on
            scores.inspection_id = lone_scores.inspection_id
            and scores.sample_group = lone_scores.sample_group
            and scores.level = lone_scores.level
            and scores.code = lone_scores.code
    left join lone_groups
        on
            scores.inspection_id = lone_groups.inspection_id
            and scores.sample_group = lone_groups.sample_group
)

select * from final
