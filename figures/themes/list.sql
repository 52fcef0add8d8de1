select
    theme.theme_code,
    theme.theme_title,
    sample_group.sample_group,
    sample_group.sample_group_title,
    theme.member_areas,
    theme.inspected_areas
from marts.dim_theme as theme
inner join marts.dim_sample_group as sample_group using (sample_group)
order by theme.theme_title, theme.theme_code
