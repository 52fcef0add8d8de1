-- Questions are read by number within their criterion (1.2.9 before 1.2.10), a summary question after the others. The
-- thread of risk of harm has a column of its own, which people's queries use; seed thread_questions has every thread.
with questions as (
    select * from {{ ref('questions') }}
),

about_risk_of_harm as (
    select * from {{ ref('thread_questions') }}
    where thread_code = 'ROH'
),

final as (
    select
        questions.framework_code,
        questions.question_code,
        questions.criterion_code,
        questions.question_text,
        cast(questions.weight as double) as weight,
        questions.is_summary = 1 as is_summary,
        about_risk_of_harm.question_code is not null as roh_thread,
        questions.evidence,
        questions.applies_to,
        questions.in_follow_up = 1 as in_follow_up,
        questions.printed_in,
        cast(row_number() over (
            partition by questions.framework_code
            order by
                questions.criterion_code,
                questions.is_summary,
                coalesce(try_cast(substr(questions.question_code, length(questions.criterion_code) + 2) as int), 0),
                questions.question_code
        ) as int) as display_order
    from questions
    left join about_risk_of_harm
        on
            questions.framework_code = about_risk_of_harm.framework_code
            and questions.question_code = about_risk_of_harm.question_code
)

select * from final
