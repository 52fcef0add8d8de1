-- Counts only, so that the shares of the mix are exact.
with cases as (
    select * from {{ ref('int_inspection__case') }}
    where sample = 'main'
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

counted as (
    select
        inspections.framework_code,
        cases.inspection_id,
        cases.risk_of_harm,
        cases.order_type,
        count(*) as cases
    from cases
    inner join inspections
        on cases.inspection_id = inspections.inspection_id
    group by inspections.framework_code, cases.inspection_id, cases.risk_of_harm, cases.order_type
),

pooled as (
    select
        *,
        sum(cases) over (partition by framework_code, risk_of_harm, order_type) as stratum_cases,
        sum(cases) over (partition by framework_code) as pooled_cases
    from counted
),

final as (
    select
        inspection_id,
        risk_of_harm,
        order_type,
        cast(stratum_cases as double) / pooled_cases / cases as case_weight,
        cast(sum(stratum_cases) over (partition by inspection_id) as double) / pooled_cases as mix_covered
    from pooled
)

select * from final
