-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    theme_code,
    cast(recommendation_no as bigint) as recommendation_no,
    theme,
    addressed_to,
    cast(due_on as date) as due_on,
    status,
    cast(status_on as date) as status_on
from {{ source('raw', 'theme_recommendation') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
