-- A row is loaded or held, never both and never twice, and raw has as many rows of a file as its checks let through.
-- Rows that SQL holds stay in raw: they must be there, once, so that a release is nothing but their leaving the list.
-- Returns the rows and files that break this.
{{ config(group='delivery') }}
with raw_rows as (
    select * from {{ ref('stg_raw_row') }}
),

files as (
    select * from {{ ref('stg_file') }}
),

held_rows as (
    select * from {{ ref('stg_held_row') }}
),

orphans as (
    select * from {{ ref('int_delivery__orphan') }}
),

raw_counts as (
    select
        file_id,
        count(*) as rows_in_raw,
        count(distinct row_number) as different_rows
    from raw_rows
    group by file_id
),

quarantined as (
    select
        file_id,
        row_number,
        count(*) as times_held
    from {{ ref('quarantine_row') }}
    group by file_id, row_number
)

select
    coalesce(files.file_id, raw_counts.file_id) as file_id,
    cast(null as bigint) as row_number,
    'raw has other rows than the file' as trouble
from files
full outer join raw_counts
    on files.file_id = raw_counts.file_id
where
    coalesce(raw_counts.rows_in_raw, 0) <> coalesce(files.rows_loaded, 0)
    or raw_counts.rows_in_raw <> raw_counts.different_rows
union all
select
    held_rows.file_id,
    held_rows.row_number,
    'held and loaded' as trouble
from held_rows
inner join raw_rows
    on
        held_rows.file_id = raw_rows.file_id
        and held_rows.row_number = raw_rows.row_number
union all
select
    orphans.file_id,
    orphans.row_number,
    'held and not loaded' as trouble
from orphans
left join raw_rows
    on
        orphans.file_id = raw_rows.file_id
        and orphans.row_number = raw_rows.row_number
where raw_rows.file_id is null
union all
select
    file_id,
    row_number,
    'held twice' as trouble
from quarantined
where times_held > 1
