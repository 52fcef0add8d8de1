select
    inspection.inspection_id,
    inspection.inspection_title,
    change.earlier_inspection_id,
    earlier.inspection_title as earlier_title,
    change.level,
    change.code,
    part.label as part_title,
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
inner join marts.dim_part as part
    on change.framework_code = part.framework_code and change.level = part.level and change.code = part.code
where change.area_code = getvariable('area_code')
order by
    inspection.fieldwork_from,
    inspection.inspection_id,
    part.display_order
