select
    run_id,
    business_date
from {{ source('intake', 'run') }}
