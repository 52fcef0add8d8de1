select
    performance_year,
    inspections,
    item,
    cases,
    counted_cases,
    share,
    is_revised,
    figure_status
from marts.fct_pooled_oasys_change
where framework_code = getvariable('framework_code')
order by performance_year, inspections, item
