-- A score of one question is that question's proportion.
with scores as (
    select * from {{ ref('int_inspection__score_interval') }}
    where scored_questions = 1
),

coefficients as (
    select * from {{ ref('int_inspection__score_coefficient') }}
),

counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

final as (
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
    where {{ too_small([
        'counts.relevant_cases', 'counts.above_line_cases', 'counts.relevant_cases - counts.above_line_cases'
    ]) }}
)

select * from final
