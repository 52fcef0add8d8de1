select
    sample_group.sample_group,
    sample_group.sample_group_title,
    theme.member_areas,
    theme.inspected_areas,
    theme.cases,
    theme.published_cases_about,
    theme.published_severe_stand_downs_areas,
    theme.published_work_without_risk_assessment_areas
from marts.dim_theme as theme
inner join marts.dim_sample_group as sample_group using (sample_group)
where theme.theme_code = getvariable('theme_code')
