-- A share is of the cases that the same judge classified; that of unclear cases is of all.
with classified as (
    select
        classifications.inspection_id,
        classifications.risk_of_harm_manager,
        classifications.risk_of_harm_inspector
    from {{ ref('int_inspection__current_case_classification') }} as classifications
    inner join {{ ref('int_inspection__case') }} as cases
        on
            classifications.inspection_id = cases.inspection_id
            and classifications.case_key = cases.case_key
    where classifications.missing_parent is null and cases.sample = 'main'
),

votes as (
    {% for who in ['manager', 'inspector'] %}
    select
        inspection_id,
        risk_of_harm_{{ who }} as risk_of_harm,
        {{ 1 if who == 'manager' else 0 }} as manager_cases,
        {{ 1 if who == 'inspector' else 0 }} as inspector_cases,
        {{ 'case when risk_of_harm_manager = risk_of_harm_inspector then 1 else 0 end' if who == 'manager' else 0 }}
            as agreed_cases
    from classified
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        inspection_id,
        risk_of_harm,
        cast(sum(manager_cases) as int) as manager_cases,
        cast(sum(inspector_cases) as int) as inspector_cases,
        cast(sum(agreed_cases) as int) as agreed_cases
    from votes
    group by inspection_id, risk_of_harm
),

totals as (
    select
        inspection_id,
        cast(sum(manager_cases) as int) as classified_cases,
        cast(sum(manager_cases) filter (where risk_of_harm <> 'unclear') as int) as clear_to_managers,
        cast(sum(inspector_cases) filter (where risk_of_harm <> 'unclear') as int) as clear_to_inspectors
    from counted
    group by inspection_id
),

final as (
    select
        counted.inspection_id,
        counted.risk_of_harm,
        counted.manager_cases,
        counted.inspector_cases,
        counted.agreed_cases,
        totals.classified_cases,
        cast(counted.manager_cases as double)
        / case
            when counted.risk_of_harm = 'unclear' then totals.classified_cases
            else nullif(totals.clear_to_managers, 0)
        end as manager_share,
        cast(counted.inspector_cases as double)
        / case
            when counted.risk_of_harm = 'unclear' then totals.classified_cases
            else nullif(totals.clear_to_inspectors, 0)
        end as inspector_share
    from counted
    inner join totals
        on counted.inspection_id = totals.inspection_id
)

select * from final
