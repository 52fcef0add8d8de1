-- A withdrawal covers every file of its revisions, whenever it comes: what was taken out does not slip in again under
-- the same name. A file that could not be read has nothing to withdraw and keeps the sentence for its sender.
with files as (
    select * from {{ ref('stg_file') }}
),

withdrawals as (
    select * from {{ ref('stg_withdrawal') }}
),

set_aside as (
    select * from {{ ref('int_delivery__set_aside_file') }}
),

withdrawn as (
    select
        files.file_id,
        concat(
            'Withdrawn on ', cast(cast(withdrawals.withdrawn_at as date) as string), ': ', withdrawals.reason,
            ' A next revision brings the delivery back.'
        ) as reason,
        row_number() over (
            partition by files.file_id order by withdrawals.withdrawn_at desc, withdrawals.reason asc
        ) as newest
    from files
    inner join withdrawals
        on
            files.kind = withdrawals.kind
            and files.delivery_key = withdrawals.delivery_key
            and files.revision between withdrawals.first_revision and withdrawals.last_revision
    where files.state <> 'rejected'
),

final as (
    select
        files.file_id,
        files.path,
        files.kind,
        files.delivery_key,
        files.revision,
        files.sha256,
        files.is_gone,
        case
            when withdrawn.file_id is not null then 'withdrawn'
            when set_aside.file_id is not null then 'set_aside'
            else files.state
        end as state,
        coalesce(withdrawn.reason, set_aside.reason, files.reason) as reason
    from files
    left join set_aside
        on
            files.file_id = set_aside.file_id
            and files.state = 'loaded'
    left join withdrawn
        on
            files.file_id = withdrawn.file_id
            and withdrawn.newest = 1
)

select * from final
