-- A criterion's score, and a thread's, is a sum over questions: with one suppressed, the others would give it away. So
-- they would where everything suppressed is at one end, all above the line or none: then one that is not goes too.
with questions as (
    select * from {{ ref('int_disclosure__question_small') }}
),

judged as (
    select
        *,
        above_line_cases = 0 or below_line_cases = 0 as is_at_end,
        max(case when is_small then 1 else 0 end) over criterion as is_any_small,
        max(case when is_small then above_line_cases else 0 end) over criterion as most_above,
        max(case when is_small then below_line_cases else 0 end) over criterion as most_below
    from questions
    window criterion as (partition by inspection_id, sample_group, criterion_code)
),

widened as (
    select
        inspection_id,
        sample_group,
        question_code,
        criterion_code,
        relevant_cases,
        thread_code,
        is_small
        or (
            is_any_small = 1
            and (most_above = 0 or most_below = 0)
            and not is_at_end
            and row_number() over (
                partition by inspection_id, sample_group, criterion_code, is_at_end
                order by relevant_cases, question_code
            ) = 1
        ) as is_suppressed
    from judged
),

{% for step, before, score in [
    ('within_criteria', 'widened', 'criterion_code'),
    ('within_threads', 'within_criteria', 'thread_code'),
    ('final', 'within_threads', 'criterion_code'),
] %}
{{ step }} as (
    select
        inspection_id,
        sample_group,
        question_code,
        criterion_code,
        relevant_cases,
        thread_code,
        is_suppressed or ({{ score }} is not null and {{ also_suppressed(
            'inspection_id, sample_group, ' ~ score, 'relevant_cases', 'is_suppressed', 'question_code'
        ) }}) as is_suppressed
    from {{ before }}
){{ ',' if not loop.last }}

{% endfor %}
select * from final
