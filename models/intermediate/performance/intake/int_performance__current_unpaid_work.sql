-- How many decimals a figure was written with says how far it was rounded.
with delivered as (
    select
        *,
        length(split_part(printed_value, '.', 2)) as value_decimals
    from {{ ref('stg_unpaid_work') }}
),

{{ rows_of_free_key(['area_code', 'year', 'table_title', 'item']) }}

select * from final
