select
    file_id,
    row_number,
    reason,
    row_content
from {{ source('intake', 'named_case') }}
