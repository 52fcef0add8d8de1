select
    featured_code,
    featured_title,
    measure_codes,
    (
        select string_agg(measure.measure_title, '; ' order by measure.measure_title, measure.measure_code)
        from marts.dim_measure as measure
        where list_contains(string_split(featured.measure_codes, ' '), measure.measure_code)
    ) as measures,
    areas,
    periods,
    'other measures, areas or periods' as choice,
    selection
from marts.dim_featured_table as featured
order by display_order
