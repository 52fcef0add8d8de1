-- Rows that are held for what other deliveries say: they wait for one, or their text names a case of one. Those that
-- wait leave this table by themselves on the night their parent is in.
with named as (
    select * from {{ ref('stg_named_case') }}
),

-- Rows of a file that is rejected as a whole are not held: nothing of it counts.
accepted as (
    select file_id
    from {{ ref('int_delivery__file_status') }}
    where status <> 'rejected'
),

final as (
    select
        file_id,
        row_number,
        reason,
        row_content
    from {{ ref('int_inspection__orphan') }}
    union all
    select
        file_id,
        row_number,
        reason,
        row_content
    from {{ ref('int_performance__orphan') }}
    union all
    select
        named.file_id,
        named.row_number,
        named.reason,
        named.row_content
    from named
    inner join accepted
        on named.file_id = accepted.file_id
)

select * from final
