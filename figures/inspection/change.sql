select
    change.earlier_inspection_id,
    earlier.inspection_title as earlier_title,
    earlier.fieldwork_from as earlier_from,
    change.level,
    change.code,
    part.label,
    change.earlier_score,
    change.score,
    change.change,
    change.q_value,
    change.beyond_chance,
    change.reliability
from marts.fct_inspection_change as change
inner join marts.dim_inspection as earlier
    on change.earlier_inspection_id = earlier.inspection_id
inner join marts.dim_part as part
    on change.framework_code = part.framework_code and change.level = part.level and change.code = part.code
where change.inspection_id = getvariable('inspection_id')
order by
    case change.level when 'overall' then 1 when 'section' then 2 when 'thread' then 3 else 4 end,
    part.display_order,
    change.code
