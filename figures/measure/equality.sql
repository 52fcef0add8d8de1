select
    performance_year,
    characteristic,
    category,
    denominator,
    value,
    ci_low,
    ci_high,
    national_value,
    is_revised,
    figure_status
from marts.fct_performance_equality
where measure_code = getvariable('measure_code')
order by performance_year desc, characteristic, category
