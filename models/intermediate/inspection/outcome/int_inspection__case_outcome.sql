-- How long a case was observed decides for which periods it counts: a reconviction seen early must not count before the
-- cases without one were observed as long.
with outcomes as (
    select * from {{ ref('int_inspection__current_case_outcome') }}
    where missing_parent is null
),

cases as (
    select * from {{ ref('int_inspection__case') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

final as (
    select
        outcomes.inspection_id,
        outcomes.case_key,
        cases.commenced_on,
        outcomes.oasys_start,
        outcomes.oasys_latest,
        outcomes.oasys_latest - outcomes.oasys_start as oasys_change,
        outcomes.oasys_rescored_on,
        outcomes.reconvicted_on,
        coalesce(outcomes.observed_to, inspections.published_on) as observed_to
    from outcomes
    inner join cases
        on
            outcomes.inspection_id = cases.inspection_id
            and outcomes.case_key = cases.case_key
    inner join inspections
        on outcomes.inspection_id = inspections.inspection_id
)

select * from final
