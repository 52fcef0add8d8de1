-- Targets as delivered.
select distinct
    figures.area_code,
    figures.measure_code,
    figures.performance_year,
    figures.target
from {{ ref('fct_performance_month') }} as figures
where figures.target is not null
