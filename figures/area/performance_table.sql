with area_table as (
    select
        *,
        months_in || ' of 12' as months,
        case when months_in between 1 and 11 then '[p]' end as provisional
    from marts.fct_area_performance_table
    where area_code = getvariable('area_code')
)

select
    performance_year,
    measure_code,
    measure_title,
    printed_unit,
    target,
    area_value,
    figure_status,
    status,
    national_value,
    months,
    provisional
from area_table
where performance_year = (select max(performance_year) from area_table)
order by performance_year desc, print_order
