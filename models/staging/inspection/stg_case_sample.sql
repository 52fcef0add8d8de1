-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    area_code,
    case_key,
    sample,
    order_type,
    requirements,
    cast(commenced_on as date) as commenced_on,
    sex,
    ethnicity,
    age_band,
    risk_of_harm,
    ppo,
    cast(mappa_level as int) as mappa_level,
    cast(tier as int) as tier,
    cast(oasys_alcohol as int) as oasys_alcohol,
    cast(oasys_drugs as int) as oasys_drugs,
    assessor_type,
    team_code
from {{ source('raw', 'case_sample') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
