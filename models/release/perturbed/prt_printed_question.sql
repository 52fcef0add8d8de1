-- What reports printed of questions, as printed.
select
    inspection_id,
    question_code,
    framework_code,
    criterion_code,
    published_score_pct,
    published_numerator,
    published_denominator,
    published_below,
    published
from {{ ref('fct_question_score') }}
where sample_group = 'all'
