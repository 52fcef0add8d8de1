-- A sender is reminded month by month; of one that has fallen silent, one row remains.
with awaited as (
    select * from {{ ref('int_delivery__awaited_month') }}
),

night as (
    select * from {{ ref('stg_night') }}
),

-- Months after the same delivery have the same count: one silence.
counted as (
    select
        *,
        count(received_on) over (
            partition by kind, unit_code order by period_month rows between unbounded preceding and current row
        ) as deliveries_before
    from awaited
),

measured as (
    select
        *,
        sum(case when received_on is null and has_passed then 1 else 0 end) over (
            partition by kind, unit_code, deliveries_before
        ) as months_silent,
        sum(case when received_on is null then 1 else 0 end) over (
            partition by kind, unit_code, deliveries_before order by period_month
            rows between unbounded preceding and current row
        ) as month_of_silence,
        min(received_on) over (partition by kind, unit_code) as first_received_on,
        count(received_on) over (partition by kind, unit_code, received_on) as received_together
    from counted
),

told as (
    select
        *,
        case
            when received_on is not null then 'received'
            when months_silent > {{ var('lapsed_after_months') }} then 'lapsed'
            when has_passed then 'overdue'
            else 'expected'
        end as status
    from measured
),

final as (
    select
        told.kind,
        told.unit_code,
        told.period_month,
        told.due_on,
        told.status,
        told.received_on,
        case when told.status in ('overdue', 'lapsed') then {{ days_after('told.due_on', 'night.business_date') }} end
            as days_overdue,
        -- When history that is loaded at once had come to the sender's own records, nobody knows.
        case
            when
                told.status = 'received'
                and not (told.received_on = told.first_received_on and told.received_together > 1)
                then greatest({{ days_after('told.due_on', 'told.received_on') }}, 0)
        end as days_late
    from told
    cross join night
    where told.status <> 'lapsed' or told.month_of_silence = 1
)

select * from final
