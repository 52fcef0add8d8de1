select
    file_id,
    path,
    file_name,
    kind,
    delivery_key,
    revision,
    sha256,
    first_seen_run_id,
    state,
    reason,
    -- What the reader says of them names them, so nothing but the fact goes further.
    coalesce(warning like 'Columns that are not part of this delivery were left out:%', false) as has_extra_columns,
    warning is not null as has_warning,
    rows_landed,
    rows_loaded,
    rows_duplicate,
    rows_held,
    rows_erased,
    loaded_at,
    gone_run_id is not null as is_gone,
    is_invented
from {{ source('intake', 'file') }}
