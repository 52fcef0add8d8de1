-- The file key is free, so two current files can speak of the same area, year, table and item: the file whose key sorts last counts.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

items as (
    select * from {{ ref('stg_unpaid_work') }}
),

areas as (
    select * from {{ ref('areas') }}
),

ranked as (
    select
        items.*,
        areas.area_code is not null as has_area,
        row_number() over (
            partition by items.area_code, items.year, items.table_title, items.item
            order by current_files.delivery_key desc
        ) as file_rank
    from items
    inner join current_files
        on items.file_id = current_files.file_id
    left join areas
        on items.area_code = areas.area_code
),

final as (
    select
        *,
        case
            when not has_area then {{ no_such_area() }}
            when file_rank > 1 then {{ in_a_later_file() }}
        end as missing_parent
    from ranked
)

select * from final
