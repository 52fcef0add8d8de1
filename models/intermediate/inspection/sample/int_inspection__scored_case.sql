-- Three kinds of group are scored by one path: those of an inspection, those of a characteristic in its main sample,
-- and those that are pooled over inspections.
with case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

case_characteristics as (
    select * from {{ ref('int_inspection__case_characteristic') }}
    where is_scored
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

pooled_groups as (
    select * from {{ ref('sample_groups') }}
    where is_pooled = 1
),

final as (
    select
        inspection_id,
        sample_group,
        case_key
    from case_groups

    union all

    select
        concat('pooled:', inspections.framework_code) as inspection_id,
        case_groups.sample_group,
        case_groups.case_key
    from case_groups
    inner join inspections
        on case_groups.inspection_id = inspections.inspection_id
    inner join pooled_groups
        on case_groups.sample_group = pooled_groups.sample_group

    union all

    select
        inspection_id,
        concat(characteristic, ':', category) as sample_group,
        case_key
    from case_characteristics

    union all

    select
        pools.pool_key as inspection_id,
        case_groups.sample_group,
        case_groups.case_key
    from case_groups
    inner join {{ ref('int_inspection__pool') }} as pools
        on case_groups.inspection_id = pools.inspection_id
    inner join {{ ref('sample_groups') }} as sample_groups
        on case_groups.sample_group = sample_groups.sample_group
    where pools.pool <> 'programme' and sample_groups.is_pooled = 1

    union all

    select
        pools.pool_key as inspection_id,
        concat(case_characteristics.characteristic, ':', case_characteristics.category) as sample_group,
        case_characteristics.case_key
    from case_characteristics
    inner join {{ ref('int_inspection__pool') }} as pools
        on case_characteristics.inspection_id = pools.inspection_id
    where pools.pool = 'programme'
)

select * from final
