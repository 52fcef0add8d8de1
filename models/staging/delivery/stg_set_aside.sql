-- Those in force. A row without confirmed_at is a trial of the night that is running.
select
    file_id,
    run_id,
    business_date,
    rule,
    sentence,
    rows_failing,
    row_numbers
from {{ source('intake', 'set_aside') }}
where readmitted_at is null
