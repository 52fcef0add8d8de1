-- The months that each sender is or was expected to deliver: from its own first month to the one that is due next, and
-- whatever it delivered ahead. London is awaited in the form in which it delivered last, as a whole or by quadrant.
with received as (
    select * from {{ ref('int_delivery__received_month') }}
),

months as (
    select * from {{ ref('int_performance__reporting_month') }}
),

night as (
    select * from {{ ref('stg_night') }}
),

senders as (
    select
        kind,
        unit_code,
        area_code,
        is_quadrant,
        min(period_month) as first_month
    from received
    group by kind, unit_code, area_code, is_quadrant
),

forms as (
    select distinct
        kind,
        area_code,
        is_quadrant,
        period_month
    from received
),

-- Each delivery of an area sets the form in which it is awaited until its next one.
spans as (
    select
        *,
        lead(period_month) over (
            partition by kind, area_code order by period_month asc, is_quadrant desc
        ) as next_month
    from forms
),

final as (
    select
        senders.kind,
        senders.unit_code,
        months.period_month,
        months.due_on,
        night.business_date > months.due_on as has_passed,
        received.received_on
    from senders
    inner join spans
        on
            senders.kind = spans.kind
            and senders.area_code = spans.area_code
            and senders.is_quadrant = spans.is_quadrant
    inner join months
        on
            senders.first_month <= months.period_month
            and spans.period_month <= months.period_month
            and coalesce(spans.next_month > months.period_month, true)
    cross join night
    left join received
        on
            senders.kind = received.kind
            and senders.unit_code = received.unit_code
            and months.period_month = received.period_month
    where received.period_month is not null or {{ add_months('night.business_date', 1) }} > months.due_on
)

select * from final
