with delivered as (
    select * from {{ ref('stg_area_profile') }}
),

{{ rows_of_free_key(['area_code', 'as_at'], of_everywhere=true) }}

select * from final
