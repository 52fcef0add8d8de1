-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    theme_code,
    theme_title,
    sample_group,
    area_code,
    inspection_id,
    cast(cases_about as bigint) as cases_about,
    cast(severe_stand_downs_areas as bigint) as severe_stand_downs_areas,
    cast(work_without_risk_assessment_areas as bigint) as work_without_risk_assessment_areas
from {{ source('raw', 'theme') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
