with scores as (
    select inspection_id, 'section' as level, section_code as code, cases, score_pct, is_revised
    from marts.fct_section_score
    where sample_group = 'all' and figure_status = 'shown'
    union all
    select inspection_id, 'overall' as level, overall_code as code, cases, score_pct, is_revised
    from marts.fct_overall_score
    where sample_group = 'all' and figure_status = 'shown'
)

select
    inspection.performance_year,
    part.label as part,
    count(*) as inspections,
    sum(scores.cases) as cases,
    round(sum(scores.cases * scores.score_pct) / sum(scores.cases)) / 100 as score,
    min(scores.score_pct) / 100 as lowest,
    max(scores.score_pct) / 100 as highest,
    bool_or(scores.is_revised) as is_revised,
    'shown' as figure_status
from scores
inner join marts.dim_inspection as inspection using (inspection_id)
inner join marts.dim_part as part using (framework_code, level, code)
where
    inspection.framework_code = getvariable('framework_code')
    and inspection.follow_up_of is null
group by inspection.performance_year, part.label, part.display_order
order by inspection.performance_year, part.display_order
