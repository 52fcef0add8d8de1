select
    featured_code,
    featured_title,
    measure_codes
from marts.dim_featured_table
order by featured_title, featured_code
