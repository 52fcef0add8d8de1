select
    sample_group.sample_group_title,
    reconciliation.level,
    reconciliation.code,
    reconciliation.check_name,
    reconciliation.published,
    reconciliation.recomputed,
    reconciliation.implied_low,
    reconciliation.implied_high,
    reconciliation.verdict,
    reconciliation.explanation
from marts.fct_reconciliation as reconciliation
inner join marts.dim_sample_group as sample_group using (sample_group)
inner join marts.dim_inspection as inspection using (inspection_id)
left join marts.dim_question as question
    on
        inspection.framework_code = question.framework_code
        and reconciliation.level = 'question'
        and reconciliation.code = question.question_code
where reconciliation.inspection_id = getvariable('inspection_id')
order by
    sample_group.display_order,
    reconciliation.check_name desc,
    case reconciliation.level
        when 'question' then 1 when 'criterion' then 2 when 'section' then 3 when 'overall' then 4 else 5
    end,
    question.display_order,
    reconciliation.code
