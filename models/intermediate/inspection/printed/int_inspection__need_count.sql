-- A need that no case has is 0 and no gap, in inspections of which needs were delivered. Progress that nobody judged is
-- NULL.
with case_needs as (
    select * from {{ ref('int_inspection__current_case_need') }}
    where missing_parent is null
),

case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

needs as (
    select * from {{ ref('needs') }}
),

delivered as (
    select distinct inspection_id
    from case_needs
),

final as (
    select
        case_groups.inspection_id,
        case_groups.sample_group,
        needs.need as item,
        cast(count(case_needs.case_key) as int) as numerator,
        cast(count(*) as int) as base,
        cast(sum(cast(case_needs.progress = 'better' as int)) as int) as better_cases,
        cast(sum(cast(case_needs.progress = 'same' as int)) as int) as same_cases,
        cast(sum(cast(case_needs.progress = 'worse' as int)) as int) as worse_cases
    from case_groups
    inner join delivered
        on case_groups.inspection_id = delivered.inspection_id
    cross join needs
    left join case_needs
        on
            case_groups.case_key = case_needs.case_key
            and needs.need = case_needs.need
    group by case_groups.inspection_id, case_groups.sample_group, needs.need
)

select * from final
