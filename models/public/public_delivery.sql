-- Files and rows by kind: which area or inspection sent what is for those who mend it.
select
    kind,
    status,
    count(*) as files,
    cast(sum(rows_landed) as bigint) as rows_landed,
    cast(sum(rows_loaded) as bigint) as rows_loaded,
    cast(sum(rows_duplicate) as bigint) as rows_duplicate,
    cast(sum(rows_quarantined) as bigint) as rows_quarantined
from {{ ref('load_file') }}
where kind is not null
group by kind, status
