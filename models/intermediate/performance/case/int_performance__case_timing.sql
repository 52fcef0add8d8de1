-- A view: millions of cases pass through once, into the sums of their months.
{{ config(materialized='view') }}

-- Working days from the event to the act. The day of the event is day 0; an act before it counts below 0; NULL where
-- one of the two has no date.
with cases as (
    select * from {{ ref('stg_nsmart') }}
),

days as (
    select * from {{ ref('int_performance__calendar') }}
),

final as (
    select
        cases.*,
        cases.area_code as unit_code,
        cases.breach_required_on is not null as breach_required,
        initiated.working_day_number - required.working_day_number as breach_days,
        assessed.working_day_number - commenced.working_day_number as risk_assessment_days,
        risk_planned.working_day_number - commenced.working_day_number as risk_plan_days,
        sentence_planned.working_day_number - commenced.working_day_number as sentence_plan_days
    from cases
    left join days as required
        on cases.breach_required_on = required.day
    left join days as initiated
        on cases.breach_initiated_on = initiated.day
    left join days as commenced
        on cases.commenced_on = commenced.day
    left join days as assessed
        on cases.risk_assessment_on = assessed.day
    left join days as risk_planned
        on cases.risk_plan_on = risk_planned.day
    left join days as sentence_planned
        on cases.sentence_plan_on = sentence_planned.day
)

select * from final
