with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

deadlines as (
    select * from {{ ref('programme_deadlines') }}
),

programmes as (
    select * from {{ ref('programmes') }}
),

met as (
    select * from {{ ref('int_inspection__deadline_met') }}
),

night as (
    select * from {{ ref('stg_night') }}
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
        deadlines.source,
        case deadlines.counts_from
            when 'published_on' then inspections.published_on
            when 'fieldwork_from' then inspections.fieldwork_from
            when 'fieldwork_to' then inspections.fieldwork_to
        end as counted_from,
        met.met_on
    from inspections
    inner join deadlines
        on inspections.framework_code = deadlines.framework_code
    left join met
        on
            inspections.inspection_id = met.inspection_id
            and deadlines.deadline = met.deadline
    where deadlines.only_if_decided = 0 or met.met_on is not null
),

dated as (
    select
        *,
        coalesce({{ add_months('counted_from', 'months') }}, {{ add_days('counted_from', 'days') }}) as due_on
    from counted
),

final as (
    select
        dated.inspection_id,
        dated.deadline,
        dated.framework_code,
        dated.deadline_title,
        dated.counted_from,
        dated.due_on,
        dated.met_on,
        case
            when dated.due_on is null then 'no date yet'
            when dated.met_on <= {{ add_days('dated.due_on', 'dated.grace_days') }} then 'met'
            when dated.met_on is not null then 'met late'
            when not coalesce(night.business_date between programmes.valid_from and programmes.valid_to, false)
                then 'not followed'
            when night.business_date > {{ add_days('dated.due_on', 'dated.grace_days') }} then 'overdue'
            else 'not yet due'
        end as status,
        dated.source
    from dated
    cross join night
    left join programmes
        on dated.framework_code = programmes.framework_code
)

select * from final
