with score as (
    select
        inspection_id,
        'overall' as level,
        overall_code as code,
        score,
        ci_low,
        ci_high
    from marts.fct_overall_score
    where sample_group = 'all'
    union all
    select
        inspection_id,
        'section' as level,
        section_code as code,
        score,
        ci_low,
        ci_high
    from marts.fct_section_score
    where sample_group = 'all'
    union all
    select
        inspection_id,
        'thread' as level,
        thread_code as code,
        score,
        ci_low,
        ci_high
    from marts.fct_thread_score
    where sample_group = 'all'
)

select
    inspection.framework_code || ' ' || case when part.level = 'overall' then 'overall (' || part.code || ')' else part.label end
        as label,
    inspection.inspection_id,
    inspection.inspection_title,
    inspection.fieldwork_from,
    inspection.follow_up_of is not null as is_follow_up,
    part.level,
    part.code,
    score.score,
    score.ci_low,
    score.ci_high
from score
inner join marts.dim_inspection as inspection using (inspection_id)
inner join marts.dim_part as part using (framework_code, level, code)
where inspection.area_code = getvariable('area_code')
order by
    inspection.framework_code,
    case part.level when 'overall' then 1 when 'section' then 2 else 3 end,
    part.code,
    inspection.fieldwork_from,
    inspection.inspection_id
