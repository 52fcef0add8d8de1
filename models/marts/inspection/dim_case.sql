{{ config(partition_by='inspection_id') }}

select
    {{ in_partitions_of('inspection_id') }}
    case_key,
    inspection_id,
    sample,
    order_type,
    requirements,
    cast(date_trunc('month', commenced_on) as date) as commenced_month,
    risk_of_harm,
    ppo = 'Y' as ppo,
    mappa_level,
    tier,
    oasys_alcohol,
    oasys_drugs,
    sex,
    ethnicity_group,
    age_band,
    assessor_type,
    team_code
from {{ ref('int_inspection__case') }}
