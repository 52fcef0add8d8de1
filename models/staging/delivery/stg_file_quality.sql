select
    file_id,
    rule,
    severity,
    sentence,
    rows_failing
from {{ source('intake', 'file_quality') }}
