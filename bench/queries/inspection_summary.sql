-- A press officer: the overall and section scores of every inspection of a programme, newest first, as anyone may see them.
select
    inspection_title,
    published_on,
    overall.score_pct as overall_pct,
    max(section.score_pct) filter (where section.section_code = '1') as section_1_pct,
    max(section.score_pct) filter (where section.section_code = '2') as section_2_pct,
    max(section.score_pct) filter (where section.section_code = '3') as section_3_pct
from marts.dim_inspection as inspection
inner join marts.fct_section_score as section using (inspection_id, framework_code)
left join marts.fct_overall_score as overall using (inspection_id, framework_code, sample_group)
where framework_code = $framework_code and sample_group = 'all'
group by all
order by published_on desc, inspection_title
