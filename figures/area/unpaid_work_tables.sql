select
    year,
    table_title,
    item,
    value,
    case unit when 'percent' then 'percent' end as printed_unit
from marts.fct_unpaid_work
where area_code = getvariable('area_code')
order by table_title, year, item
