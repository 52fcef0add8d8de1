with members as (
    select * from {{ ref('int_inspection__current_theme') }}
    where missing_parent is null
),

pool_members as (
    select * from {{ ref('int_inspection__pool_member') }}
    where theme_code is not null
),

case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

pooled as (
    select
        pool_members.theme_code,
        pool_members.sample_group,
        cast(count(*) as int) as cases
    from pool_members
    inner join case_groups
        on
            pool_members.inspection_id = case_groups.inspection_id
            and pool_members.sample_group = case_groups.sample_group
    group by pool_members.theme_code, pool_members.sample_group
),

themes as (
    select
        theme_code,
        theme_title,
        sample_group,
        cast(count(*) as int) as member_areas,
        cast(count(inspection_id) as int) as inspected_areas,
        cast(cases_about as int) as published_cases_about,
        cast(severe_stand_downs_areas as int) as published_severe_stand_downs_areas,
        cast(work_without_risk_assessment_areas as int) as published_work_without_risk_assessment_areas
    from members
    group by
        theme_code,
        theme_title,
        sample_group,
        cases_about,
        severe_stand_downs_areas,
        work_without_risk_assessment_areas
),

final as (
    select
        themes.theme_code,
        themes.theme_title,
        themes.sample_group,
        themes.member_areas,
        themes.inspected_areas,
        coalesce(pooled.cases, 0) as cases,
        themes.published_cases_about,
        themes.published_severe_stand_downs_areas,
        themes.published_work_without_risk_assessment_areas
    from themes
    left join pooled
        on
            themes.theme_code = pooled.theme_code
            and themes.sample_group = pooled.sample_group
)

select * from final
