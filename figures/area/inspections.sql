with score as (
    select
        score.inspection_id,
        1 as place,
        score.section_code as code,
        score.section_code || ' ' || section.section_title as part_title,
        score.score,
        score.ci_low,
        score.ci_high,
        score.figure_status
    from marts.fct_section_score as score
    inner join marts.dim_section as section using (framework_code, section_code)
    where score.sample_group = 'all'
    union all
    select
        inspection_id,
        2 as place,
        overall_code as code,
        'Overall (' || overall_code || ')' as part_title,
        score,
        ci_low,
        ci_high,
        figure_status
    from marts.fct_overall_score
    where sample_group = 'all'
    union all
    select
        inspection_id,
        3 as place,
        thread_code as code,
        thread.thread_title || ' thread' as part_title,
        score.score,
        score.ci_low,
        score.ci_high,
        score.figure_status
    from marts.fct_thread_score as score
    inner join marts.dim_thread as thread using (framework_code, thread_code)
    where score.sample_group = 'all'
)

select
    score.part_title,
    inspection.inspection_id,
    inspection.inspection_title,
    inspection.framework_code,
    inspection.fieldwork_from,
    inspection.follow_up_of is not null as is_follow_up,
    inspection.framework_code
    || case when inspection.follow_up_of is not null then ' follow-up ' else ' ' end
    || strftime(inspection.fieldwork_from, '%b %Y')
    || ': ' || score.part_title as label,
    score.score,
    score.ci_low,
    score.ci_high,
    score.figure_status
from score
inner join marts.dim_inspection as inspection using (inspection_id)
where inspection.area_code = getvariable('area_code')
order by inspection.fieldwork_from, inspection.inspection_id, score.place, score.code
