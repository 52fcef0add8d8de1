-- A criterion that the follow-up judged in `all` or `comparable`, beside the same criterion of the original.
with scores as (
    select * from {{ ref('int_inspection__score_interval') }}
    where level = 'criterion' and group_kind = 'sample_group'
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

judged as (
    select
        inspections.inspection_id,
        inspections.framework_code,
        inspections.follow_up_of,
        scores.code
    from inspections
    inner join scores
        on inspections.inspection_id = scores.inspection_id
    where inspections.follow_up_of is not null and scores.sample_group in ('all', 'comparable')
    group by inspections.inspection_id, inspections.framework_code, inspections.follow_up_of, scores.code
),

final as (
    select
        judged.inspection_id,
        judged.framework_code,
        judged.code as criterion_code,
        judged.follow_up_of as original_inspection_id,
        originals.inspection_id is not null as has_original,
        headline.score as original_score,
        before.score as original_comparable_score,
        after.score as follow_up_score,
        after.score - before.score as change,
        sqrt(before.variance + after.variance) as standard_error,
        before.is_reliable and after.is_reliable as is_reliable
    from judged
    left join inspections as originals
        on judged.follow_up_of = originals.inspection_id
    left join scores as headline
        on
            judged.follow_up_of = headline.inspection_id
            and judged.framework_code = headline.framework_code
            and judged.code = headline.code
            and headline.sample_group = 'all'
    left join scores as before
        on
            judged.follow_up_of = before.inspection_id
            and judged.framework_code = before.framework_code
            and judged.code = before.code
            and before.sample_group = 'comparable'
    left join scores as after
        on
            judged.inspection_id = after.inspection_id
            and judged.framework_code = after.framework_code
            and judged.code = after.code
            and after.sample_group = 'comparable'
)

select * from final
