-- Files whose sender has something to look at. What a delivery in force leaves open is open; a rejected file or one
-- that was set aside is settled once its own revision or a later one is in force, unless it has taken the place of the
-- file in force. A file that is no delivery by its name is never settled by another.
with files as (
    select * from {{ ref('stg_file') }}
),

statuses as (
    select * from {{ ref('int_delivery__file_status') }}
),

held as (
    select file_id from {{ ref('stg_held_row') }}
    union
    select file_id from {{ ref('int_delivery__orphan') }}
),

in_force as (
    select
        files.path,
        files.kind,
        files.delivery_key,
        files.revision
    from files
    inner join statuses
        on files.file_id = statuses.file_id
    where statuses.status = 'current'
),

newest_at_path as (
    select
        path,
        max(file_id) as file_id
    from files
    group by path
),

final as (
    select files.file_id
    from files
    inner join statuses
        on files.file_id = statuses.file_id
    left join held
        on files.file_id = held.file_id
    left join in_force
        on
            files.kind = in_force.kind
            and files.delivery_key = in_force.delivery_key
    left join newest_at_path
        on
            files.file_id = newest_at_path.file_id
            and in_force.path = newest_at_path.path
    where
        (
            statuses.status = 'current'
            and (held.file_id is not null or files.rows_duplicate > 0 or files.has_warning)
        )
        or (
            statuses.status in ('rejected', 'set_aside')
            and (coalesce(files.revision > in_force.revision, true) or newest_at_path.file_id is not null)
        )
)

select * from final
