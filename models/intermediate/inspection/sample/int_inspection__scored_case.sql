-- Three kinds of group are scored by one path: those of an inspection, those of a characteristic in its main sample,
-- and those that are pooled over inspections.
with case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

case_characteristics as (
    select * from {{ ref('int_inspection__case_characteristic') }}
    where is_scored
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
)

select * from final
