select
    pooled.performance_year,
    pooled.inspections,
    pooled.characteristic,
    coalesce(category.category_title, pooled.category) as category,
    pooled.category as category_code,
    pooled.pool_cases,
    pooled.cases,
    pooled.share,
    pooled.is_revised,
    pooled.figure_status
from marts.fct_pooled_profile as pooled
left join marts.dim_category as category using (characteristic, category)
where pooled.framework_code = getvariable('framework_code')
order by pooled.performance_year, pooled.inspections, pooled.characteristic, category.display_order, pooled.category
