select
    featured_code,
    measure_codes,
    areas,
    case
        when last_periods = 1 then 'the latest ' || period_kind
        when last_periods is null then 'every ' || period_kind
        else 'the latest ' || last_periods || ' ' || period_kind || 's'
    end as periods,
    'other measures, areas or periods' as choice,
    'measures=' || replace(measure_codes, ' ', ',')
    || '&areas=' || replace(areas, ' ', ',')
    || '&of=' || period_kind
    || coalesce('&last=' || last_periods, '') as selection
from marts.dim_featured_table
where featured_code = getvariable('featured_code')
