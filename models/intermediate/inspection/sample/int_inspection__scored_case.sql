-- One path scores groups, characteristics and teams of an inspection, and what is pooled over inspections.
with case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

case_characteristics as (
    select * from {{ ref('int_inspection__case_characteristic') }}
    where is_scored
),

cases as (
    select * from {{ ref('int_inspection__case') }}
),

pools as (
    select * from {{ ref('int_inspection__pool') }}
),

pool_members as (
    select * from {{ ref('int_inspection__pool_member') }}
),

final as (
    select
        inspection_id,
        sample_group,
        case_key
    from case_groups

    union all

    select
        pool_members.pool_id as inspection_id,
        case_groups.sample_group,
        case_groups.case_key
    from case_groups
    inner join pool_members
        on
            case_groups.inspection_id = pool_members.inspection_id
            and case_groups.sample_group = pool_members.sample_group

    union all

    select
        inspection_id,
        concat(characteristic, ':', category) as sample_group,
        case_key
    from case_characteristics

    union all

    select
        inspection_id,
        concat('team:', team_code) as sample_group,
        case_key
    from cases
    where sample = 'main' and team_code is not null

    union all

    select
        pools.pool_key as inspection_id,
        concat(case_characteristics.characteristic, ':', case_characteristics.category) as sample_group,
        case_characteristics.case_key
    from case_characteristics
    inner join pools
        on case_characteristics.inspection_id = pools.inspection_id
    where pools.pool = 'programme'
)

select * from final
