{{ config(materialized='view') }}

select
    inspection_id,
    case_key,
    sample,
    order_type,
    requirements,
    commenced_on,
    sex,
    ethnicity,
    age_band,
    risk_of_harm,
    ppo,
    mappa_level,
    tier,
    oasys_alcohol,
    oasys_drugs,
    assessor_type,
    team_code
from {{ ref('int_inspection__current_case_sample') }}
where missing_parent is null
