with files as (
    select * from {{ ref('stg_file') }}
),

file_names as (
    select * from {{ ref('int_delivery__file_name') }}
),

statuses as (
    select * from {{ ref('int_delivery__file_status') }}
),

-- A file may be rejected after its rows were loaded, for what other files say: they count nowhere then.
accepted as (
    select files.*
    from files
    inner join statuses
        on files.file_id = statuses.file_id
    where files.state = 'loaded' and statuses.status <> 'rejected'
),

orphans as (
    select
        file_id,
        count(*) as rows_orphaned
    from {{ ref('int_delivery__orphan') }}
    group by file_id
),

final as (
    select
        files.file_id,
        file_names.file_name,
        files.kind,
        file_names.delivery_key as key,
        files.revision,
        files.sha256,
        statuses.status,
        statuses.reason,
        files.loaded_at,
        accepted.rows_landed,
        case
            when statuses.status = 'set_aside' then 0
            else accepted.rows_loaded - coalesce(orphans.rows_orphaned, 0)
        end as rows_loaded,
        accepted.rows_duplicate,
        case
            when statuses.status = 'set_aside' then accepted.rows_held + accepted.rows_loaded
            else accepted.rows_held + coalesce(orphans.rows_orphaned, 0)
        end as rows_quarantined,
        accepted.rows_erased,
        files.is_invented
    from files
    inner join file_names
        on files.file_id = file_names.file_id
    inner join statuses
        on files.file_id = statuses.file_id
    left join accepted
        on files.file_id = accepted.file_id
    left join orphans
        on files.file_id = orphans.file_id
)

select * from final
