with held_rows as (
    select
        file_id,
        row_number,
        reasons,
        row_content
    from {{ ref('stg_held_row') }}
),

-- Rows of a file that is rejected as a whole are not held: nothing of it counts.
rejected as (
    select file_id
    from {{ ref('int_delivery__file_status') }}
    where status = 'rejected'
),

orphans as (
    select
        file_id,
        row_number,
        reason,
        row_content
    from {{ ref('int_delivery__orphan') }}
),

-- What was wrong in it, the row itself does not say; its cells are in raw.
set_aside as (
    select
        file_id,
        row_number,
        reason,
        cast(null as string) as row_content
    from {{ ref('int_delivery__set_aside_row') }}
),

waiting as (
    select * from orphans
    union all
    select * from set_aside
),

final as (
    select
        held_rows.file_id,
        held_rows.row_number,
        held_rows.reasons,
        held_rows.row_content
    from held_rows
    left join rejected
        on held_rows.file_id = rejected.file_id
    where rejected.file_id is null
    union all
    select
        file_id,
        row_number,
        {{ text_list('reason') }} as reasons,
        row_content
    from waiting
)

select * from final
