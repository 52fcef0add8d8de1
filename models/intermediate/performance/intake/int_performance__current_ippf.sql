with delivered as (
    select * from {{ ref('stg_ippf') }}
),

{{ rows_of_free_key(['area_code', 'period_from', 'period_to', 'metric']) }}

select * from final
