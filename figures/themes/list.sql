select
    theme.framework_code,
    framework.framework_name,
    theme.sample_group,
    sample_group.sample_group_title,
    sample_group.rule,
    count(distinct theme.inspection_id) as inspections
from marts.fct_theme_score as theme
inner join marts.dim_framework as framework using (framework_code)
inner join marts.dim_sample_group as sample_group using (sample_group)
where theme.sample_group in ('unpaid_work', 'substance_misuse')
group by all
order by sample_group.sample_group_title desc, theme.framework_code
