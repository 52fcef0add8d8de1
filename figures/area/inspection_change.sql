select
    inspection.inspection_id,
    inspection.inspection_title,
    earlier.inspection_title as earlier_title,
    coalesce(
        change.code || ' ' || criterion.criterion_title,
        change.code || ' ' || section.section_title,
        thread.thread_title || ' thread',
        'Overall (' || change.code || ')'
    ) as part_title,
    change.earlier_score,
    change.score,
    change.change,
    change.standard_error,
    change.q_value,
    change.beyond_chance,
    change.reliability
from marts.fct_inspection_change as change
inner join marts.dim_inspection as inspection using (inspection_id)
inner join marts.dim_inspection as earlier
    on change.earlier_inspection_id = earlier.inspection_id
left join marts.dim_criterion as criterion
    on change.framework_code = criterion.framework_code and change.code = criterion.criterion_code and change.level = 'criterion'
left join marts.dim_section as section
    on change.framework_code = section.framework_code and change.code = section.section_code and change.level = 'section'
left join marts.dim_thread as thread
    on change.framework_code = thread.framework_code and change.code = thread.thread_code and change.level = 'thread'
where change.area_code = getvariable('area_code')
order by
    inspection.fieldwork_from,
    inspection.inspection_id,
    case change.level when 'criterion' then 1 when 'section' then 2 when 'overall' then 3 else 4 end,
    change.code
