-- Nothing delivered is lost: every row of a file that was read is loaded, duplicate, held or erased, and
-- counted once.
{{ config(group='delivery') }}
with files as (
    select * from {{ ref('load_file') }}
),

held as (
    select
        file_id,
        count(*) as rows_held
    from {{ ref('quarantine_row') }}
    group by file_id
)

select files.file_id
from files
left join held
    on files.file_id = held.file_id
where
    files.rows_landed is not null
    and (
        files.rows_landed
        <> files.rows_loaded + files.rows_duplicate + files.rows_quarantined + files.rows_erased
        or files.rows_quarantined <> coalesce(held.rows_held, 0)
        or files.rows_loaded < 0
    )
