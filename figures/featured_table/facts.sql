select
    featured_code,
    measure_codes,
    areas,
    periods,
    'other measures, areas or periods' as choice,
    selection
from marts.dim_featured_table
where featured_code = getvariable('featured_code')
