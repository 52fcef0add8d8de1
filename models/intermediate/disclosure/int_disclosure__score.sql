-- A score of one question is that question's proportion: where its counts are small it is suppressed, and with it every
-- score above the criteria of its group, which would give it away. Where a group is large enough but its size would give
-- a smaller one away, only the number of cases is suppressed: it cannot be told from a whole per cent.
with scores as (
    select * from {{ ref('int_inspection__score_interval') }}
),

coefficients as (
    select * from {{ ref('int_inspection__score_coefficient') }}
),

counts as (
    select * from {{ ref('int_inspection__question_count') }}
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

lone_questions as (
    select distinct
        scores.inspection_id,
        scores.sample_group,
        scores.level,
        scores.code
    from scores
    inner join coefficients
        on
            scores.inspection_id = coefficients.inspection_id
            and scores.sample_group = coefficients.sample_group
            and scores.level = coefficients.level
            and scores.code = coefficients.code
    inner join counts
        on
            coefficients.inspection_id = counts.inspection_id
            and coefficients.sample_group = counts.sample_group
            and coefficients.question_code = counts.question_code
    where scores.scored_questions = 1 and {{ too_small([
        'counts.relevant_cases', 'counts.above_line_cases', 'counts.relevant_cases - counts.above_line_cases'
    ]) }}
),

lone_groups as (
    select distinct
        inspection_id,
        sample_group
    from lone_questions
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.level,
        scores.code,
        suppressed_groups.sample_group is not null or {{ too_small(['scores.cases']) }} as is_count_suppressed,
        coalesce(suppressed_groups.is_small, false)
        or lone_questions.sample_group is not null
        or (scores.level <> 'criterion' and lone_groups.sample_group is not null)
        or {{ too_small(['scores.cases']) }} as is_suppressed
    from scores
    left join suppressed_groups
        on
            scores.inspection_id = suppressed_groups.inspection_id
            and scores.sample_group = suppressed_groups.sample_group
    left join lone_questions
        on
            scores.inspection_id = lone_questions.inspection_id
            and scores.sample_group = lone_questions.sample_group
            and scores.level = lone_questions.level
            and scores.code = lone_questions.code
    left join lone_groups
        on
            scores.inspection_id = lone_groups.inspection_id
            and scores.sample_group = lone_groups.sample_group
)

select * from final
