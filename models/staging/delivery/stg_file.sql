select
    file_id,
    file_name,
    kind,
    delivery_key,
    revision,
    sha256,
    state,
    reason,
    rows_landed,
    rows_loaded,
    rows_duplicate,
    rows_held,
    loaded_at
from {{ source('intake', 'file') }}
