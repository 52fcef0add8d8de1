-- An item that no case is, is 0 and no gap; so every item of a group that was sampled has a row.
with cases as (
    select * from {{ ref('int_inspection__case') }}
),

case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

items as (
    select * from {{ ref('printed_sample_items') }}
),

final as (
    select
        case_groups.inspection_id,
        items.sample_group,
        items.item,
        cast(count(*) filter (
            where (items.in_group is null or of_item.case_key is not null)
            and {{ is_listed('cases.order_type', 'items.order_types') }}
            and (items.requirement is null or {{ lists("coalesce(cases.requirements, '')", 'items.requirement') }})
            and (items.only_requirements is null or cases.requirements = items.only_requirements)
            and (items.mappa_level is null or cases.mappa_level = items.mappa_level)
            and (items.oasys_alcohol_from is null or cases.oasys_alcohol >= items.oasys_alcohol_from)
            and (items.oasys_drugs_from is null or cases.oasys_drugs >= items.oasys_drugs_from)
        ) as int) as numerator,
        cast(count(*) as int) as base
    from case_groups
    inner join items
        on case_groups.sample_group = items.sample_group
    inner join cases
        on case_groups.case_key = cases.case_key
    left join case_groups as of_item
        on
            case_groups.case_key = of_item.case_key
            and items.in_group = of_item.sample_group
    group by case_groups.inspection_id, items.sample_group, items.item
)

select * from final
