select
    figures.performance_year,
    figures.characteristic,
    coalesce(category.category_title, figures.category) as category,
    figures.category as category_code,
    figures.denominator,
    figures.value,
    figures.ci_low,
    figures.ci_high,
    figures.national_value,
    figures.is_revised,
    figures.figure_status
from marts.fct_performance_equality as figures
left join marts.dim_category as category using (characteristic, category)
where figures.measure_code = getvariable('measure_code')
order by figures.performance_year desc, figures.characteristic, category.display_order, category
