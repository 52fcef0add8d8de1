select
    publication_no,
    kind,
    delivery_key,
    revision
from {{ source('intake', 'published_delivery') }}
