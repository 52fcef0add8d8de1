select
    kind,
    status,
    files,
    rows_landed,
    rows_loaded,
    rows_duplicate,
    rows_quarantined,
    case when rows_landed > 0 then rows_quarantined / rows_landed end as share_held
from public.delivery
order by kind, status
