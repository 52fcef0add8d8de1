with score as (
    select
        score.inspection_id,
        'section' as level,
        2 as place,
        score.section_code as code,
        score.section_code || ' ' || section.section_title as part_title,
        score.score,
        score.ci_low,
        score.ci_high,
        score.is_revised, -- public
        score.figure_status
    from marts.fct_section_score as score
    inner join marts.dim_section as section using (framework_code, section_code)
    where score.sample_group = 'all'
    union all
    select
        inspection_id,
        'overall' as level,
        1 as place,
        overall_code as code,
        'Overall (' || overall_code || ')' as part_title,
        score,
        ci_low,
        ci_high,
        is_revised, -- public
        figure_status
    from marts.fct_overall_score
    where sample_group = 'all'
    union all
    select
        score.inspection_id,
        'thread' as level,
        3 as place,
        thread_code as code,
        thread.thread_title || ' thread' as part_title,
        score.score,
        score.ci_low,
        score.ci_high,
        score.is_revised, -- public
        score.figure_status
    from marts.fct_thread_score as score
    inner join marts.dim_thread as thread using (framework_code, thread_code)
    where score.sample_group = 'all'
),

latest as (
    select greatest(
        (select max(period_month) from marts.fct_performance_month),
        (select max(date_trunc('month', fieldwork_to)) from marts.dim_inspection)
    ) as month
),

age as (
    select
        inspection.inspection_id,
        date_diff('month', date_trunc('month', inspection.fieldwork_from), latest.month) as months
    from marts.dim_inspection as inspection
    cross join latest
)

select
    inspection.inspection_id,
    inspection.inspection_title,
    inspection.framework_code,
    inspection.framework_code || case when inspection.follow_up_of is not null then ' follow-up' else '' end as programme,
    inspection.fieldwork_from,
    case
        when age.months >= 24 then (age.months // 12) || ' years'
        when age.months > 1 then age.months || ' months'
        when age.months = 1 then '1 month'
        when age.months = 0 then 'of the latest month'
    end as age,
    score.level,
    score.code,
    score.part_title,
    score.level = 'overall' as heads,
    score.score,
    score.ci_low,
    score.ci_high,
    score.is_revised, -- public
    change.change, -- staff
    earlier.fieldwork_from as earlier_from, -- staff
    change.beyond_chance, -- staff
    score.figure_status
from score
inner join marts.dim_inspection as inspection using (inspection_id)
left join age using (inspection_id)
left join marts.fct_inspection_change as change -- staff
    on -- staff
        score.inspection_id = change.inspection_id -- staff
        and score.level = change.level -- staff
        and score.code = change.code -- staff
left join marts.dim_inspection as earlier -- staff
    on change.earlier_inspection_id = earlier.inspection_id -- staff
where inspection.area_code = getvariable('area_code')
order by inspection.fieldwork_from desc, inspection.inspection_id, score.place, score.code
