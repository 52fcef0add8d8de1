with deadlines as (
    select * from {{ ref('int_inspection__deadline') }}
),

met as (
    select * from {{ ref('int_inspection__deadline_met') }}
),

decided as (
    select * from {{ ref('int_inspection__deadline_decided') }}
),

programmes as (
    select * from {{ ref('programmes') }}
),

night as (
    select * from {{ ref('stg_night') }}
),

dated as (
    select
        deadlines.*,
        decided.decided_due_on,
        met.met_on,
        night.business_date,
        coalesce(decided.decided_due_on, {{ add_days('deadlines.due_on', 'deadlines.grace_days') }}) as late_after
    from deadlines
    cross join night
    left join met
        on
            deadlines.inspection_id = met.inspection_id
            and deadlines.deadline = met.deadline
            and night.business_date >= met.met_on
    left join decided
        on
            deadlines.inspection_id = decided.inspection_id
            and deadlines.deadline = decided.deadline
    where deadlines.only_if_decided = 0 or met.met_on is not null or decided.deadline is not null
),

final as (
    select
        dated.inspection_id,
        dated.deadline,
        dated.framework_code,
        dated.deadline_title,
        dated.counted_from,
        dated.due_on,
        dated.decided_due_on,
        dated.met_on,
        case
            when dated.met_on > dated.late_after then 'met late'
            when dated.met_on is not null then 'met'
            when dated.late_after is null then 'no date yet'
            when not coalesce(dated.business_date between programmes.valid_from and programmes.valid_to, false)
                then 'not followed'
            when dated.business_date > dated.late_after then 'overdue'
            else 'not yet due'
        end as status,
        dated.source
    from dated
    left join programmes
        on dated.framework_code = programmes.framework_code
)

select * from final
