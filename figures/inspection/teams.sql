select
    score.team_code,
    score.cases,
    score.level,
    score.code,
    coalesce(section.section_title, criterion.criterion_title, 'Overall') as title,
    score.score,
    score.standard_error,
    score.ci_low,
    score.ci_high,
    score.reliability,
    score.figure_status
from marts.fct_team_score as score
left join marts.dim_section as section
    on score.level = 'section' and score.framework_code = section.framework_code and score.code = section.section_code
left join marts.dim_criterion as criterion
    on
        score.level = 'criterion'
        and score.framework_code = criterion.framework_code
        and score.code = criterion.criterion_code
where score.inspection_id = getvariable('inspection_id') and score.level <> 'thread'
order by score.team_code, score.level = 'criterion', score.level = 'section', score.code
