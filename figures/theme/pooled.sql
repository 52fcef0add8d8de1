select distinct
    theme.framework_code,
    theme.level,
    theme.code,
    coalesce(
        theme.code || ' ' || criterion.criterion_title,
        theme.code || ' ' || section.section_title,
        thread.thread_title || ' thread',
        'Overall'
    ) as label,
    theme.pooled_cases,
    theme.pooled_score,
    theme.pooled_ci_low,
    theme.pooled_ci_high,
    theme.pooled_within_ci_low,
    theme.pooled_within_ci_high,
    theme.pooled_reliability,
    everyone.pooled_score as all_score
from marts.fct_theme_score as theme
inner join marts.dim_theme as named using (theme_code, sample_group)
left join marts.dim_criterion as criterion
    on theme.framework_code = criterion.framework_code and theme.code = criterion.criterion_code and theme.level = 'criterion'
left join marts.dim_section as section
    on theme.framework_code = section.framework_code and theme.code = section.section_code and theme.level = 'section'
left join marts.dim_thread as thread
    on theme.framework_code = thread.framework_code and theme.code = thread.thread_code and theme.level = 'thread'
left join marts.fct_theme_score as everyone
    on
        theme.theme_code = everyone.theme_code
        and theme.framework_code = everyone.framework_code
        and theme.level = everyone.level
        and theme.code = everyone.code
        and theme.inspection_id = everyone.inspection_id
        and everyone.sample_group = 'all'
where theme.theme_code = getvariable('theme_code')
order by
    theme.framework_code,
    case theme.level when 'criterion' then 1 when 'section' then 2 when 'overall' then 3 else 4 end,
    theme.code,
    theme.pooled_cases
