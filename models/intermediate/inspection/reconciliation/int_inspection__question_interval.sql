-- What each scored question of a published criterion stands for. One whose figure is not printed can be anything, and
-- so can one of which only a count without its base is.
with published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where not is_word
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

questions as (
    select * from {{ ref('int_inspection__scored_question') }}
),

final as (
    select
        criteria.inspection_id,
        criteria.sample_group,
        criteria.code as criterion_code,
        questions.question_code,
        {{ whole_weight('questions.weight') }} as weight,
        {{ whole_weight('questions.side_share') }} as side_share,
        figures.low is not null as is_printed,
        coalesce(figures.low, 0) as low,
        coalesce(figures.high, 100) as high,
        figures.low is null or figures.is_exact as is_closed
    from published as criteria
    inner join sample_groups
        on criteria.sample_group = sample_groups.sample_group
    inner join questions
        on
            criteria.framework_code = questions.framework_code
            and criteria.code = questions.criterion_code
            and (sample_groups.follow_up_questions_only = 0 or questions.in_follow_up = 1)
    left join published as figures
        on
            criteria.inspection_id = figures.inspection_id
            and criteria.sample_group = figures.sample_group
            and figures.level = 'question'
            and questions.question_code = figures.code
    where criteria.level = 'criterion'
)

select * from final
