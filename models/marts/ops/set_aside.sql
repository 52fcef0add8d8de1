-- One is settled, and leaves this table, once its sender has mended it: then no return names it.
with files as (
    select * from {{ ref('stg_file') }}
),

file_names as (
    select * from {{ ref('int_delivery__file_name') }}
),

statuses as (
    select * from {{ ref('int_delivery__file_status') }}
),

returns as (
    select * from {{ ref('int_delivery__return') }}
),

set_aside_files as (
    select * from {{ ref('int_delivery__set_aside_file') }}
),

final as (
    select
        files.file_id,
        files.kind,
        file_names.delivery_key,
        files.revision,
        set_aside_files.run_id,
        set_aside_files.business_date as set_aside_on,
        set_aside_files.rule,
        set_aside_files.rows_failing,
        set_aside_files.row_numbers,
        statuses.reason as sentence
    from files
    inner join file_names
        on files.file_id = file_names.file_id
    inner join statuses
        on files.file_id = statuses.file_id
    inner join returns
        on files.file_id = returns.file_id
    inner join set_aside_files
        on files.file_id = set_aside_files.file_id
    where statuses.status = 'set_aside'
)

select * from final
