select
    file_id,
    kind,
    delivery_key
from {{ ref('int_delivery__file_status') }}
where status = 'current'
