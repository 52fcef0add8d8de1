select
    publication_no,
    run_id,
    business_date
from {{ source('intake', 'publication') }}
