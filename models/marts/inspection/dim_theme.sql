with members as (
    select * from {{ ref('int_inspection__current_theme') }}
    where missing_parent is null
),

pooled as (
    select
        theme_code,
        cast(coalesce(sum(cases), 0) as int) as cases
    from {{ ref('fct_theme_member') }}
    group by theme_code
),

final as (
    select
        members.theme_code,
        members.theme_title,
        members.sample_group,
        cast(count(*) as int) as member_areas,
        cast(count(members.inspection_id) as int) as inspected_areas,
        pooled.cases,
        cast(members.cases_about as int) as published_cases_about,
        cast(members.severe_stand_downs_areas as int) as published_severe_stand_downs_areas,
        cast(members.work_without_risk_assessment_areas as int) as published_work_without_risk_assessment_areas,
        cast(row_number() over (order by members.theme_title, members.theme_code) as int) as display_order
    from members
    inner join pooled
        on members.theme_code = pooled.theme_code
    group by
        members.theme_code,
        members.theme_title,
        members.sample_group,
        pooled.cases,
        members.cases_about,
        members.severe_stand_downs_areas,
        members.work_without_risk_assessment_areas
)

select * from final
