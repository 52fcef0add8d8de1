with counts as (
    select * from {{ ref('int_inspection__question_count') }}
    where relevant_cases > 0
),

criteria as (
    select * from {{ ref('criteria') }}
    where scoring = 'percentage'
),

questions as (
    select * from {{ ref('int_inspection__scored_question') }}
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
        questions.side,
        questions.side_share
    from counts
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
