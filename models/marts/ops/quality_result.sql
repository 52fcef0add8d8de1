select
    run_id,
    suite,
    rule,
    severity,
    sentence,
    rows_checked,
    rows_failing
from {{ ref('stg_quality_result') }}
