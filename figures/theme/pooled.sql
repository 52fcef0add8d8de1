select distinct
    theme.framework_code,
    theme.level,
    theme.code,
    part.label,
    part.display_order,
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
inner join marts.dim_part as part using (framework_code, level, code)
left join marts.fct_theme_score as everyone
    on
        theme.theme_code = everyone.theme_code
        and theme.framework_code = everyone.framework_code
        and theme.level = everyone.level
        and theme.code = everyone.code
        and theme.inspection_id = everyone.inspection_id
        and everyone.sample_group = 'all'
where theme.theme_code = getvariable('theme_code')
order by theme.framework_code, theme.level <> 'overall', part.display_order, theme.pooled_cases
