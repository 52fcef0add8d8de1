-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    area_code,
    cast(period_from as date) as period_from,
    cast(period_to as date) as period_to,
    domain,
    metric,
    {{ printed_number('actual') }} as actual,
    actual as printed_actual,
    {{ printed_number('target') }} as target,
    target as printed_target,
    {{ printed_number('national') }} as national,
    national as printed_national,
    {{ printed_number('previous_year') }} as previous_year,
    previous_year as printed_previous_year,
    cast({{ printed_number('ippf_grade') }} as int) as ippf_grade,
    ippf_grade as printed_ippf_grade,
    counts_towards_domain = '1' as counts_towards_domain,
    {{ printed_number('predicted') }} as predicted,
    predicted as printed_predicted,
    {{ printed_number('difference') }} as difference,
    difference as printed_difference,
    significant
from {{ source('raw', 'ippf') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
