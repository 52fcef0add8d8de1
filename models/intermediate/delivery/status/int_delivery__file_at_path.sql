-- A file that is replaced under its own path counts no more: an upload that was caught half-way, or a file mended in
-- place. What counts of a path are the last bytes there that could be read. They may have come before, at this path or
-- at another, and are then loaded with the file that brought them first. Of files of one revision that differ, one that
-- is gone counts no more while another is there.
with files as (
    select * from {{ ref('int_delivery__known_file') }}
),

by_path as (
    select
        loaded.file_id,
        loaded.kind,
        loaded.delivery_key,
        loaded.revision,
        files.is_gone,
        row_number() over (partition by files.path order by files.file_id desc) as newest
    from files
    inner join files as loaded
        on
            files.kind = loaded.kind
            and files.delivery_key = loaded.delivery_key
            and files.revision = loaded.revision
            and files.sha256 = loaded.sha256
    where files.state in ('loaded', 'same_bytes') and loaded.state = 'loaded'
),

last_at_a_path as (
    select
        file_id,
        kind,
        delivery_key,
        revision,
        min(is_gone) as is_gone
    from by_path
    where newest = 1
    group by file_id, kind, delivery_key, revision
),

given_up as (
    select distinct gone.file_id
    from last_at_a_path as gone
    inner join last_at_a_path as there
        on
            gone.kind = there.kind
            and gone.delivery_key = there.delivery_key
            and gone.revision = there.revision
    where gone.is_gone and not there.is_gone
),

final as (
    select
        files.file_id,
        files.kind,
        files.delivery_key,
        files.revision,
        files.sha256,
        case
            when files.state <> 'loaded' then files.state
            when last_at_a_path.file_id is null or given_up.file_id is not null then 'superseded'
            else files.state
        end as state,
        case
            when files.state <> 'loaded' then files.reason
            when last_at_a_path.file_id is null
                then 'Replaced in place: the same path has other bytes now, which count instead.'
            when given_up.file_id is not null
                then 'Taken out of the landing folder, where another file of this revision is, which counts instead.'
            else files.reason
        end as reason
    from files
    left join last_at_a_path
        on files.file_id = last_at_a_path.file_id
    left join given_up
        on files.file_id = given_up.file_id
)

select * from final
