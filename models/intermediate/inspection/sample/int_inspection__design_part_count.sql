-- A follow-up takes a smaller sample, for which nothing was planned.
with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

cases as (
    select * from {{ ref('int_inspection__case') }}
    where sample = 'main'
),

design as (
    select * from {{ ref('sample_design') }}
),

sampled as (
    select
        inspections.inspection_id,
        inspections.framework_code,
        cases.case_key,
        cases.order_type,
        cases.risk_of_harm,
        cases.assessor_type,
        cases.ppo,
        cases.is_minority_ethnic,
        cases.commenced_on,
        inspections.fieldwork_from
    from inspections
    left join cases
        on inspections.inspection_id = cases.inspection_id
),

final as (
    select
        sampled.inspection_id,
        sampled.framework_code,
        design.design_part,
        cast(count(sampled.case_key) as int) as sampled_cases,
        cast(count(sampled.case_key) filter (
            where {{ is_listed('sampled.order_type', 'design.order_types') }}
            and {{ is_listed('sampled.risk_of_harm', 'design.risk_of_harm') }}
            and (design.assessor_type is null or design.assessor_type = sampled.assessor_type)
            and (design.ppo is null or design.ppo = sampled.ppo)
            and (design.is_minority_ethnic is null or sampled.is_minority_ethnic)
            and (
                design.months_from is null
                or sampled.commenced_on
                between {{ add_months('sampled.fieldwork_from', '-design.months_to') }}
                and {{ add_months('sampled.fieldwork_from', '-design.months_from') }}
            )
        ) as int) as part_cases
    from sampled
    inner join design
        on sampled.framework_code = design.framework_code
    group by sampled.inspection_id, sampled.framework_code, design.design_part
)

select * from final
