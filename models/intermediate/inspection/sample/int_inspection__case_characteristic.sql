{{ config(materialized='view') }}

{% set scored = ['sex', 'ethnicity_group', 'order_type', 'risk_of_harm'] %}

with cases as (
    select * from {{ ref('int_inspection__case') }}
),

final as (
    {% for characteristic in scored + ['age_band', 'ppo'] %}
    select
        inspection_id,
        case_key,
        '{{ characteristic }}' as characteristic,
        {{ characteristic }} as category,
        sample = 'main' and {{ 'true' if characteristic in scored else 'false' }} as is_scored
    from cases
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
