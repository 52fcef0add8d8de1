-- A period runs from the day of commencement to the same day so many months later, both included. A conviction before
-- commencement is none of this order.
with outcomes as (
    select * from {{ ref('int_inspection__case_outcome') }}
),

periods as (
    {% for months in var('reconviction_months') %}
    select {{ months }} as months {{ 'union all' if not loop.last }}
    {% endfor %}
),

ends as (
    select
        outcomes.inspection_id,
        outcomes.case_key,
        outcomes.commenced_on,
        outcomes.reconvicted_on,
        outcomes.observed_to,
        periods.months,
        {{ add_months('outcomes.commenced_on', 'periods.months') }} as period_end
    from outcomes
    cross join periods
),

final as (
    select
        inspection_id,
        case_key,
        months,
        coalesce(observed_to >= period_end, false) as is_observed,
        coalesce(reconvicted_on between commenced_on and period_end, false) as is_reconvicted
    from ends
)

select * from final
