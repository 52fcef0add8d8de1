with cases as (
    select * from {{ ref('int_inspection__case') }}
),

ethnicities as (
    select * from {{ ref('ethnicities') }}
),

final as (
    select
        cases.case_key,
        cases.inspection_id,
        cases.sample,
        cases.order_type,
        cases.requirements,
        cast(date_trunc('month', cases.commenced_on) as date) as commenced_month,
        cases.risk_of_harm,
        cases.ppo,
        cases.mappa_level,
        cases.tier,
        cases.oasys_alcohol,
        cases.oasys_drugs,
        cases.sex,
        coalesce(ethnicities.ethnicity_group, 'Not known') as ethnicity_group,
        cases.age_band,
        cases.assessor_type
    from cases
    left join ethnicities
        on cases.ethnicity = ethnicities.ethnicity_code
)

select * from final
