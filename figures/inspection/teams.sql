select
    score.team_code,
    score.cases,
    score.level,
    score.code,
    coalesce(printed.criterion_title, part.part_title) as title,
    score.score,
    score.standard_error,
    score.ci_low,
    score.ci_high,
    score.reliability,
    score.figure_status
from marts.fct_team_score as score
inner join marts.dim_part as part using (framework_code, level, code)
left join marts.dim_printed_title as printed
    on
        score.inspection_id = printed.inspection_id
        and printed.sample_group = 'all'
        and score.level = 'criterion'
        and score.code = printed.criterion_code
where score.inspection_id = getvariable('inspection_id') and score.level <> 'thread'
order by score.team_code, score.level = 'criterion', score.level = 'section', score.code
