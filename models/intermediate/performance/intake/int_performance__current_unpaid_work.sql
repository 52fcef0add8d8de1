with delivered as (
    select * from {{ ref('stg_unpaid_work') }}
),

{{ rows_of_free_key(['area_code', 'year', 'table_title', 'item']) }}

select * from final
