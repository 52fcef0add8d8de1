select
    performance_year,
    measure_code,
    measure_title,
    first_month,
    period_month,
    printed_unit,
    printed_target,
    printed_area_value,
    area_value,
    figure_status,
    printed_region_value,
    case when printed_region_value is not null then region_value end as region_value,
    printed_national_value,
    national_value,
    verdict,
    note,
    source
from marts.fct_area_performance_table
where area_code = getvariable('area_code') and source is not null
order by performance_year desc, print_order
