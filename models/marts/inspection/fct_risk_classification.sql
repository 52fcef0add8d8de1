with counts as (
    select * from {{ ref('int_inspection__classification_count') }}
),

final as (
    select
        managers.inspection_id,
        managers.risk_of_harm,
        managers.cases as manager_cases,
        inspectors.cases as inspector_cases,
        managers.agreed_cases,
        managers.classified_cases,
        cast(managers.cases as double) / nullif(managers.base, 0) as manager_share,
        cast(inspectors.cases as double) / nullif(inspectors.base, 0) as inspector_share
    from counts as managers
    inner join counts as inspectors
        on
            managers.inspection_id = inspectors.inspection_id
            and managers.risk_of_harm = inspectors.risk_of_harm
            and inspectors.judge = 'inspector'
    where managers.judge = 'manager'
)

select * from final
