-- Four kinds of group are scored by one path: those of an inspection, those of a characteristic and of a team in its
-- main sample, and those of a theme over all inspections of a framework that are not follow-ups.
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
        inspection_id,
        concat('team:', team_code) as sample_group,
        case_key
    from cases
    where sample = 'main' and team_code is not null
)

select * from final
