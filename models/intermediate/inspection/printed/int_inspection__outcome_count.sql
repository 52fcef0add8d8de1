-- The printed share not reconvicted counts reconvictions up to the first day of fieldwork (scoring specification, What
-- was seen in the published figures).
with outcomes as (
    select * from {{ ref('int_inspection__case_outcome') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

oasys_changes as (
    select * from {{ ref('int_inspection__oasys_change') }}
),

at_fieldwork as (
    select
        outcomes.case_key,
        coalesce(outcomes.reconvicted_on between outcomes.commenced_on and inspections.fieldwork_from, false)
            as is_reconvicted
    from outcomes
    inner join inspections
        on outcomes.inspection_id = inspections.inspection_id
    where outcomes.observed_to >= inspections.fieldwork_from
),

final as (
    select
        inspection_id,
        sample_group,
        'oasys_rescored' as item,
        rescored_cases as numerator,
        scored_cases as base
    from oasys_changes
    union all
    select
        inspection_id,
        sample_group,
        'oasys_improved' as item,
        improved_cases as numerator,
        rescored_cases as base
    from oasys_changes
    union all
    select
        case_groups.inspection_id,
        case_groups.sample_group,
        'not_reconvicted' as item,
        cast(count(*) filter (where not at_fieldwork.is_reconvicted) as int) as numerator,
        cast(count(*) as int) as base
    from at_fieldwork
    inner join case_groups
        on at_fieldwork.case_key = case_groups.case_key
    group by case_groups.inspection_id, case_groups.sample_group
)

select * from final
