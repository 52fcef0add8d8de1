with case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

case_characteristics as (
    select * from {{ ref('int_inspection__case_characteristic') }}
),

counted as (
    select
        case_groups.inspection_id,
        case_groups.sample_group,
        case_characteristics.characteristic,
        case_characteristics.category,
        cast(count(*) as int) as cases
    from case_groups
    inner join case_characteristics
        on
            case_groups.inspection_id = case_characteristics.inspection_id
            and case_groups.case_key = case_characteristics.case_key
    group by
        case_groups.inspection_id,
        case_groups.sample_group,
        case_characteristics.characteristic,
        case_characteristics.category
),

final as (
    select
        *,
        cast(cases as double)
        / sum(cases) over (partition by inspection_id, sample_group, characteristic) as share
    from counted
)

select * from final
