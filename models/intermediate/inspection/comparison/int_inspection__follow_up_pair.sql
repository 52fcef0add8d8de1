-- A criterion that the follow-up judged in `all` or in the group that follow-ups are compared by, beside the same
-- criterion of the original.
with scores as (
    select * from {{ ref('int_inspection__score_interval') }}
    where level = 'criterion' and group_kind = 'sample_group'
),

paired as (
    select
        scores.*,
        sample_groups.is_follow_up_pair = 1 as is_pair
    from scores
    inner join {{ ref('sample_groups') }} as sample_groups
        on scores.sample_group = sample_groups.sample_group
    where scores.sample_group = 'all' or sample_groups.is_follow_up_pair = 1
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

judged as (
    select
        inspections.inspection_id,
        inspections.framework_code,
        inspections.follow_up_of,
        paired.code
    from inspections
    inner join paired
        on inspections.inspection_id = paired.inspection_id
    where inspections.follow_up_of is not null
    group by inspections.inspection_id, inspections.framework_code, inspections.follow_up_of, paired.code
),

compared as (
    select
        judged.inspection_id,
        judged.framework_code,
        judged.code as criterion_code,
        judged.follow_up_of as original_inspection_id,
        originals.inspection_id is not null as has_original,
        headline.score as original_score,
        before.score as original_comparable_score,
        after.score as follow_up_score,
        after.score - before.score as difference,
        before.variance + after.variance as variance,
        before.variance_floor + after.variance_floor as variance_floor,
        case when before.cases is not null and after.cases is not null then least(before.cases, after.cases) - 1 end
            as degrees_of_freedom,
        {{ lesser_reliability('before.reliability', 'after.reliability') }} as reliability
    from judged
    left join inspections as originals
        on judged.follow_up_of = originals.inspection_id
    left join paired as headline
        on
            judged.follow_up_of = headline.inspection_id
            and judged.framework_code = headline.framework_code
            and judged.code = headline.code
            and not headline.is_pair
    left join paired as before
        on
            judged.follow_up_of = before.inspection_id
            and judged.framework_code = before.framework_code
            and judged.code = before.code
            and before.is_pair
    left join paired as after
        on
            judged.inspection_id = after.inspection_id
            and judged.framework_code = after.framework_code
            and judged.code = after.code
            and after.is_pair
),

final as (
    {{ tested_differences('compared', 'inspection_id') }}
)

select * from final
