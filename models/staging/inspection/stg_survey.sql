select
    file_id,
    row_number,
    inspection_id,
    respondent_group,
    survey_question,
    cast(asked as bigint) as asked,
    cast(responded as bigint) as responded,
    cast(positive as bigint) as positive
from {{ source('raw', 'survey') }}
{{ without_named_cases('survey') }}
