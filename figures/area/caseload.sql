select
    table_title,
    year,
    item,
    value,
    unit
from marts.fct_caseload
where area_code = getvariable('area_code')
order by year, table_title, item, unit
