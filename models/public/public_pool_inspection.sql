{{ config(alias='pool_inspection') }}

with fresh as (
    select * from {{ ref('prt_pool_inspection') }}
),

final as (
    {{ frozen('fresh', ['framework_code', 'performance_year', 'inspections', 'inspection_id']) }}
)

select * from final
