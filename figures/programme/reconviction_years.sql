select
    performance_year,
    inspections,
    months,
    observed_cases,
    reconvicted_cases,
    reconvicted_share,
    is_revised,
    figure_status
from marts.fct_pooled_reconviction
where framework_code = getvariable('framework_code')
order by performance_year, inspections, months
