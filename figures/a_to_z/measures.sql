select
    measure_title,
    measure_code,
    numerator_is,
    denominator_is
from marts.dim_measure
order by measure_title, measure_code
