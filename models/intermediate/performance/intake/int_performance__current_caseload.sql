with delivered as (
    select * from {{ ref('stg_caseload') }}
),

{{ rows_of_free_key(['area_code', 'year', 'table_title', 'item', 'unit']) }}

select * from final
