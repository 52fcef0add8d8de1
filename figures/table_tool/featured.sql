select
    featured_code,
    featured_title,
    measure_codes,
    areas,
    periods,
    'other measures, areas or periods' as choice,
    selection
from marts.dim_featured_table
order by display_order
