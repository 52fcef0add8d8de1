-- Rows that are held for what other deliveries say: they wait for one, or their text names a case of one. Those that
-- wait leave this table by themselves on the night their parent is in.
with named as (
    select * from {{ ref('stg_named_case') }}
),

-- Of a file that is rejected nothing counts, and of one that is set aside every row is held as it is.
accepted as (
    select file_id
    from {{ ref('int_delivery__file_status') }}
    where status not in ('rejected', 'set_aside')
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
