select distinct
    theme.framework_code,
    framework.framework_name,
    theme.sample_group,
    sample_group.sample_group_title
from marts.fct_theme_score as theme
inner join marts.dim_framework as framework using (framework_code)
inner join marts.dim_sample_group as sample_group using (sample_group)
where theme.sample_group in ('unpaid_work', 'substance_misuse')
order by theme.framework_code, theme.sample_group
