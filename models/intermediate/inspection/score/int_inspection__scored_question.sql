{{ config(materialized='view') }}

-- A question of weight 0 is reported and counts in no score. Under questions_80_summary_20 a criterion has two sides
-- with a share each, plain questions and summary; else one.
with questions as (
    select * from {{ ref('questions') }}
    where weight > 0
),

frameworks as (
    select
        framework_code,
        summary_share,
        criterion_method = 'questions_80_summary_20' as has_sides
    from {{ ref('frameworks') }}
),

final as (
    select
        questions.framework_code,
        questions.criterion_code,
        questions.question_code,
        questions.weight,
        questions.in_follow_up,
        case when frameworks.has_sides then questions.is_summary else 0 end as side,
        case
            when not frameworks.has_sides then 1
            when questions.is_summary = 1 then frameworks.summary_share
            else 1 - frameworks.summary_share
        end as side_share
    from questions
    inner join frameworks
        on questions.framework_code = frameworks.framework_code
)

select * from final
