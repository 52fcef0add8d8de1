-- A group is a row of conditions that must all hold; one that is not given asks nothing. NULL requirements (custody)
-- are no requirement, and so are not unpaid work alone either.
with cases as (
    select * from {{ ref('int_inspection__case') }}
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

final as (
    select
        cases.inspection_id,
        sample_groups.sample_group,
        cases.case_key
    from cases
    inner join sample_groups
        on
            cases.sample = sample_groups.sample
            and (sample_groups.order_type is null or cases.order_type = sample_groups.order_type)
            and {{ is_listed('cases.risk_of_harm', 'sample_groups.risk_of_harm') }}
            and (
                sample_groups.requirement is null
                or {{ lists("coalesce(cases.requirements, '')", 'sample_groups.requirement') }}
            )
            and (
                sample_groups.excluded_requirements is null
                or coalesce(cases.requirements, '') <> sample_groups.excluded_requirements
            )
            and (
                sample_groups.oasys_need_from is null
                or cases.oasys_alcohol >= sample_groups.oasys_need_from
                or cases.oasys_drugs >= sample_groups.oasys_need_from
            )
            and (sample_groups.tier is null or cases.tier = sample_groups.tier)
            and (sample_groups.ppo is null or cases.ppo = sample_groups.ppo)
            and (sample_groups.assessor_type is null or cases.assessor_type = sample_groups.assessor_type)
)

select * from final
