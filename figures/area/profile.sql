select
    as_at,
    item,
    value,
    source, -- staff
    value_year,
    national_value,
    national_value_year
from marts.fct_area_profile
where area_code = getvariable('area_code')
order by as_at desc, item_order
