{{ config(materialized='view') }}

with cases as (
    select * from {{ ref('int_inspection__case') }}
    where sample = 'main'
),

final as (
    select
        inspection_id,
        case_key,
        'sex' as characteristic,
        sex as category
    from cases

    union all

    select
        inspection_id,
        case_key,
        'ethnicity_group' as characteristic,
        ethnicity_group as category
    from cases

    union all

    select
        inspection_id,
        case_key,
        'order_type' as characteristic,
        order_type as category
    from cases

    union all

    select
        inspection_id,
        case_key,
        'risk_of_harm' as characteristic,
        risk_of_harm as category
    from cases
)

select * from final
