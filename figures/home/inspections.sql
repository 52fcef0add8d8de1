with section as (
    select
        score.inspection_id,
        string_agg(
            score.section_code || ' ' || replace(section.section_title, 'Quality of ', '') || chr(160) || score.score_pct || '%',
            ', '
            order by score.section_code
        ) as sections
    from marts.fct_section_score as score
    inner join marts.dim_section as section using (framework_code, section_code)
    where score.sample_group = 'all' and score.score_pct is not null
    group by score.inspection_id
)

select
    inspection.inspection_id,
    inspection.inspection_title,
    inspection.area_code,
    area.area_name,
    inspection.published_on,
    publication.business_date - coalesce(inspection.published_on, inspection.fieldwork_to) as days_ago,
    overall.score_pct,
    overall.ci_low,
    overall.ci_high,
    overall.is_revised, -- public
    coalesce(overall.figure_status, 'not_applicable') as figure_status,
    overall.published_score_pct || '%' as printed,
    section.sections
from marts.dim_inspection as inspection
inner join marts.dim_area as area using (area_code)
cross join ops.publication as publication -- staff
cross join marts.release as publication -- public
left join marts.fct_overall_score as overall
    on inspection.inspection_id = overall.inspection_id and overall.sample_group = 'all'
left join section
    on inspection.inspection_id = section.inspection_id
order by days_ago, area.area_name, inspection.inspection_id
limit 5
