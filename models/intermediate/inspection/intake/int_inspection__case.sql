{{ config(materialized='view') }}

with cases as (
    select * from {{ ref('int_inspection__current_case_sample') }}
    where missing_parent is null
),

ethnicities as (
    select * from {{ ref('ethnicities') }}
),

final as (
    select
        cases.inspection_id,
        cases.case_key,
        cases.sample,
        cases.order_type,
        cases.requirements,
        cases.commenced_on,
        cases.sex,
        cases.ethnicity,
        coalesce(ethnicities.ethnicity_group, 'Not known') as ethnicity_group,
        ethnicities.is_minority_ethnic = 1 as is_minority_ethnic,
        cases.age_band,
        cases.risk_of_harm,
        cases.ppo,
        cases.mappa_level,
        cases.tier,
        cases.oasys_alcohol,
        cases.oasys_drugs,
        cases.assessor_type,
        cases.team_code
    from cases
    left join ethnicities
        on cases.ethnicity = ethnicities.ethnicity_code
)

select * from final
