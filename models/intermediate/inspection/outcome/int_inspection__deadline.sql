-- A follow-up is no inspection of its own programme's calendar.
with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

deadlines as (
    select * from {{ ref('programme_deadlines') }}
),

counted as (
    select
        inspections.inspection_id,
        inspections.framework_code,
        deadlines.deadline,
        deadlines.deadline_title,
        deadlines.months,
        deadlines.days,
        deadlines.grace_days,
        deadlines.only_if_decided,
        deadlines.source,
        case deadlines.counts_from
            when 'published_on' then inspections.published_on
            when 'fieldwork_from' then inspections.fieldwork_from
            when 'fieldwork_to' then inspections.fieldwork_to
        end as counted_from
    from inspections
    inner join deadlines
        on inspections.framework_code = deadlines.framework_code
),

final as (
    select
        inspection_id,
        framework_code,
        deadline,
        deadline_title,
        counted_from,
        coalesce({{ add_months('counted_from', 'months') }}, {{ add_days('counted_from', 'days') }}) as due_on,
        grace_days,
        only_if_decided,
        source
    from counted
)

select * from final
