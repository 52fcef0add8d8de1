-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    area_code,
    data_period,
    {{ mmyy_to_month('data_period') }} as period_month,
    cast(record_no as bigint) as record_no,
    case_key,
    order_type,
    {{ to_date_dmy('commenced_on') }} as commenced_on,
    risk_of_harm,
    ppo,
    sex,
    ethnicity,
    cast(appts_required as bigint) as appts_required,
    cast(appts_arranged as bigint) as appts_arranged,
    cast(appts_kept as bigint) as appts_kept,
    cast(unacceptable_absences as bigint) as unacceptable_absences,
    allowed_to_continue,
    {{ to_date_dmy('breach_required_on') }} as breach_required_on,
    {{ to_date_dmy('breach_initiated_on') }} as breach_initiated_on,
    {{ to_date_dmy('risk_assessment_on') }} as risk_assessment_on,
    {{ to_date_dmy('risk_plan_on') }} as risk_plan_on,
    {{ to_date_dmy('sentence_plan_on') }} as sentence_plan_on,
    team_code
from {{ source('raw', 'nsmart') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
