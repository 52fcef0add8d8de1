select
    question.question_text,
    question.question_code,
    question.framework_code,
    question.criterion_code,
    question.criterion_code || ' ' || criterion.criterion_title as criterion_title,
    framework.framework_name || ' (' || framework.framework_code || ')' as programme
from marts.dim_question as question
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
inner join marts.dim_framework as framework using (framework_code)
order by framework.programme_start, question.framework_code, question.display_order, question.question_code
