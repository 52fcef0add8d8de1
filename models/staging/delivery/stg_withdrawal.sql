select
    kind,
    delivery_key,
    first_revision,
    last_revision,
    reason,
    withdrawn_at
from {{ source('intake', 'withdrawal') }}
