select
    measure_code,
    measure_title
from public.dim_measure
order by measure_code
