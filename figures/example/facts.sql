with chosen as (
    select
        question.inspection_id,
        question.criterion_code
    from marts.fct_question_score as question
    inner join marts.dim_framework as framework using (framework_code)
    where
        framework.criterion_method = 'mean_of_questions'
        and framework.section_method = 'weighted_by_criterion'
        and framework.overall_method = 'weighted_by_section'
        and question.sample_group = 'all'
    group by question.inspection_id, question.criterion_code
    having bool_and(question.figure_status = 'shown')
    order by question.inspection_id, count(*) desc, question.criterion_code
    limit 1
)

select
    inspection.inspection_title,
    inspection.inspection_id,
    criterion.criterion_code || ' ' || criterion.criterion_title as label,
    criterion.section_code || ' ' || section.section_title as section_title
from chosen
inner join marts.dim_inspection as inspection using (inspection_id)
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
inner join marts.dim_section as section using (framework_code, section_code)
