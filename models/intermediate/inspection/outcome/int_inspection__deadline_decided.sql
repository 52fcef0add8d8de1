-- The days that decisions name in the place of the programme's rule. Of several of one kind the first counts.
with decisions as (
    select
        decisions.*,
        inspections.framework_code
    from {{ ref('int_inspection__current_decision') }} as decisions
    inner join {{ ref('int_inspection__inspection') }} as inspections
        on decisions.inspection_id = inspections.inspection_id
    where decisions.missing_parent is null
),

deadlines as (
    select * from {{ ref('programme_deadlines') }}
    where decided_in is not null
),

named as (
    select
        decisions.inspection_id,
        deadlines.deadline,
        deadlines.decided_by is not null and {{ lists('deadlines.decided_by', 'decisions.decision') }} as is_decided,
        deadlines.decided_by is null as counts_any,
        case deadlines.decided_in
            when 'planned_for' then decisions.planned_for
            when 'plan_due_on' then decisions.plan_due_on
            when 'implementation_due_on' then decisions.implementation_due_on
        end as due_on
    from decisions
    inner join deadlines
        on decisions.framework_code = deadlines.framework_code
),

final as (
    select
        inspection_id,
        deadline,
        min(due_on) as decided_due_on
    from named
    where is_decided or (counts_any and due_on is not null)
    group by inspection_id, deadline
)

select * from final
