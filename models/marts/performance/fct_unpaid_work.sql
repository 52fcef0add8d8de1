with items as (
    select * from {{ ref('int_performance__current_unpaid_work') }}
    where missing_parent is null
),

tables as (
    select * from {{ ref('unpaid_work_tables') }}
),

final as (
    select
        items.area_code,
        items.year,
        coalesce(tables.topic, 'other') as topic,
        items.table_title,
        items.item,
        items.value,
        items.unit
    from items
    left join tables
        on items.table_title = tables.table_title
)

select * from final
