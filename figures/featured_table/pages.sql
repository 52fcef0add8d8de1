select
    featured_code,
    featured_title
from marts.dim_featured_table
order by display_order
