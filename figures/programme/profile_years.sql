select
    performance_year,
    inspections,
    characteristic,
    category,
    pool_cases,
    cases,
    share,
    is_revised,
    figure_status
from marts.fct_pooled_profile
where framework_code = getvariable('framework_code')
order by performance_year, inspections, characteristic, category
