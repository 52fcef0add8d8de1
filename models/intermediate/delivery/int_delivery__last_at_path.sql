-- A file that is replaced under its own path counts no more: an upload that was caught half-way, or a file mended in
-- place. What counts of a path are the last bytes there that could be read. They may have come before, at this path or
-- at another, and are then loaded with the file that brought them first.
with files as (
    select * from {{ ref('int_delivery__known_file') }}
),

loaded as (
    select
        file_id,
        kind,
        delivery_key,
        revision,
        sha256
    from files
    where state = 'loaded'
),

by_path as (
    select
        loaded.file_id,
        row_number() over (partition by files.path order by files.file_id desc) as newest
    from files
    inner join loaded
        on
            files.kind = loaded.kind
            and files.delivery_key = loaded.delivery_key
            and files.revision = loaded.revision
            and files.sha256 = loaded.sha256
    where files.state in ('loaded', 'same_bytes')
),

final as (
    select distinct file_id
    from by_path
    where newest = 1
)

select * from final
