-- Every row that the checks on a set-aside file had let through: it is held as long as its file is set aside.
with raw_rows as (
    select * from {{ ref('stg_raw_row') }}
),

statuses as (
    select * from {{ ref('int_delivery__file_status') }}
),

final as (
    select
        raw_rows.file_id,
        raw_rows.row_number,
        statuses.reason
    from raw_rows
    inner join statuses
        on raw_rows.file_id = statuses.file_id
    where statuses.status = 'set_aside'
)

select * from final
