select
    measure_code,
    measure_title
from marts.dim_measure
order by measure_title, measure_code
