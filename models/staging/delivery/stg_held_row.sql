select
    file_id,
    row_number,
    reasons,
    row_content
from {{ source('intake', 'held_row') }}
