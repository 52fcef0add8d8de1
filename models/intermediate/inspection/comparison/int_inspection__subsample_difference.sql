-- A group drawn from the sample of `all` overlaps it; one of another sample (post_cja) is independent of it, and the
-- variances add. A characteristic is of the main sample, and all its categories are one family.
with scores as (
    select
        scores.*,
        coalesce(sample_groups.sample, 'main') as sample
    from {{ ref('int_inspection__score_interval') }} as scores
    left join {{ ref('sample_groups') }} as sample_groups
        on scores.sample_group = sample_groups.sample_group
    where
        scores.group_kind = 'characteristic'
        or (scores.group_kind = 'sample_group' and sample_groups.follow_up_questions_only = 0)
),

shared_cases as (
    select * from {{ ref('int_inspection__subsample_overlap') }}
),

compared as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.group_kind,
        coalesce(scores.characteristic, scores.sample_group) as family,
        scores.framework_code,
        scores.level,
        scores.code,
        scores.score,
        of_all.score as all_score,
        scores.score - of_all.score as difference,
        case
            when scores.sample <> of_all.sample then scores.variance + of_all.variance
            else of_all.variance + {{ case_variance('shared_cases.added_squares', 'of_all.cases') }}
        end as variance,
        case
            when scores.sample <> of_all.sample then scores.variance_floor + of_all.variance_floor
            when scores.sample = of_all.sample then scores.variance_floor
        end as variance_floor,
        case
            when scores.sample <> of_all.sample then least(scores.cases, of_all.cases)
            when scores.sample = of_all.sample then least(scores.cases, of_all.cases - scores.cases)
        end - 1 as degrees_of_freedom,
        {{ lesser_reliability('scores.reliability', 'of_all.reliability') }} as reliability
    from scores
    left join scores as of_all
        on
            scores.inspection_id = of_all.inspection_id
            and scores.level = of_all.level
            and scores.code = of_all.code
            and of_all.sample_group = 'all'
    left join shared_cases
        on
            scores.inspection_id = shared_cases.inspection_id
            and scores.sample_group = shared_cases.sample_group
            and scores.level = shared_cases.level
            and scores.code = shared_cases.code
    where scores.sample_group <> 'all'
),

final as (
    {{ tested_differences('compared', 'inspection_id, family') }}
)

select * from final
