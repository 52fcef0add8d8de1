with held_rows as (
    select
        file_id,
        row_number,
        reasons,
        row_content
    from {{ ref('stg_held_row') }}
),

orphans as (
    select
        file_id,
        row_number,
        reason,
        row_content
    from {{ ref('int_delivery__orphan') }}
),

final as (
    select
        file_id,
        row_number,
        reasons,
        row_content
    from held_rows
    union all
    select
        file_id,
        row_number,
        {{ text_list('reason') }} as reasons,
        row_content
    from orphans
)

select * from final
