-- Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file.
select
    file_id,
    row_number,
    inspection_id,
    respondent_group,
    survey_question,
    cast(asked as bigint) as asked,
    cast(responded as bigint) as responded,
    cast(positive as bigint) as positive,
    cast(response_pct as double) as response_pct,
    cast(positive_pct as double) as positive_pct
from {{ source('raw', 'survey') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
