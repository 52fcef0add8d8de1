-- No file is lost: files known = current + superseded + same bytes + rejected + withdrawn + set aside, each in one of
-- them, and one that was rejected, withdrawn or set aside says why. Returns the files that break this.
{{ config(group='delivery') }}
with files as (
    select * from {{ ref('stg_file') }}
),

told as (
    select
        file_id,
        count(*) as times_told,
        max(status) as status,
        max(reason) as reason
    from {{ ref('load_file') }}
    group by file_id
)

select
    coalesce(files.file_id, told.file_id) as file_id,
    told.status
from files
full outer join told
    on files.file_id = told.file_id
where
    files.file_id is null
    or told.file_id is null
    or told.times_told <> 1
    or coalesce(told.status, '') not in ('current', 'superseded', 'same_bytes', 'rejected', 'withdrawn', 'set_aside')
    or (told.status in ('rejected', 'withdrawn', 'set_aside') and told.reason is null)
