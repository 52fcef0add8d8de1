-- A question of weight 0 is reported and counts in no score.
-- Under questions_80_summary_20 a criterion has two sides with a share each, plain questions and summary; else one.
with counts as (
    select * from {{ ref('int_inspection__question_count') }}
    where relevant_cases > 0
),

frameworks as (
    select
        framework_code,
        summary_share,
        criterion_method = 'questions_80_summary_20' as has_sides
    from {{ ref('frameworks') }}
),

criteria as (
    select * from {{ ref('criteria') }}
    where scoring = 'percentage'
),

questions as (
    select * from {{ ref('questions') }}
    where weight > 0
),

final as (
    select
        counts.inspection_id,
        counts.sample_group,
        counts.framework_code,
        criteria.section_code,
        counts.criterion_code,
        counts.question_code,
        questions.weight,
        case when frameworks.has_sides then questions.is_summary else 0 end as side,
        case
            when not frameworks.has_sides then 1
            when questions.is_summary = 1 then frameworks.summary_share
            else 1 - frameworks.summary_share
        end as side_share
    from counts
    inner join frameworks
        on counts.framework_code = frameworks.framework_code
    inner join criteria
        on
            counts.framework_code = criteria.framework_code
            and counts.criterion_code = criteria.criterion_code
    inner join questions
        on
            counts.framework_code = questions.framework_code
            and counts.question_code = questions.question_code
)

select * from final
