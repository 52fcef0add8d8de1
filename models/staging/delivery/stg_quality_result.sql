select
    run_id,
    suite,
    rule,
    severity,
    sentence,
    rows_checked,
    rows_failing
from {{ source('intake', 'quality_result') }}
