-- The data manager: what came of each kind, what was held, flagged or corrected, and when it last arrived.
select
    kind,
    status,
    count(*) as files,
    count(*) filter (where revision > 1) as corrections,
    sum(rows_landed) as rows_landed,
    sum(rows_loaded) as rows_loaded,
    sum(rows_duplicate) as rows_duplicate,
    sum(rows_quarantined) as rows_held,
    count(distinct flag.file_id) as files_flagged,
    max(loaded_at) as last_loaded
from ops.load_file
left join (select distinct file_id from ops.file_flag) as flag using (file_id)
group by kind, status
order by kind, status
