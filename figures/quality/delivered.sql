select
    kind,
    status,
    count(*) as files,
    sum(rows_landed)::bigint as rows_landed,
    sum(rows_loaded)::bigint as rows_loaded,
    sum(rows_duplicate)::bigint as rows_duplicate,
    sum(rows_quarantined)::bigint as rows_quarantined,
    sum(rows_quarantined) / nullif(sum(rows_landed), 0) as share_held
from ops.load_file
where kind is not null
group by kind, status
order by kind, status
