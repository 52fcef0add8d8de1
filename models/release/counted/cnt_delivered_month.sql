-- Which months of which areas are held.
select distinct
    area_code,
    measure_code,
    period_month
from {{ ref('fct_performance_month') }}
