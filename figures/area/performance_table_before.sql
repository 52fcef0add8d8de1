with area_table as (
    select
        *,
        months_in || ' of ' || table_months as months,
        case when months_in between 1 and table_months - 1 then '[p]' end as provisional
    from marts.fct_area_performance_table
    where area_code = getvariable('area_code')
)

select
    performance_year,
    measure_code,
    measure_title,
    first_month,
    period_month,
    printed_unit,
    target,
    area_value,
    figure_status,
    status,
    national_value,
    months,
    provisional
from area_table
where performance_year < (select max(performance_year) from area_table)
order by performance_year desc, print_order
