select
    pooled.characteristic,
    pooled.category as category_code,
    coalesce(category.category_title, pooled.category) as category,
    pooled.level,
    pooled.code,
    part.label as part,
    pooled.inspections,
    pooled.cases,
    pooled.score,
    pooled.standard_error,
    pooled.ci_low,
    pooled.ci_high,
    pooled.within_ci_low,
    pooled.within_ci_high,
    pooled.reliability,
    pooled.figure_status
from marts.fct_pooled_score as pooled
inner join marts.dim_part as part using (framework_code, level, code)
left join marts.dim_category as category
    on pooled.characteristic = category.characteristic and pooled.category = category.category
where
    pooled.framework_code = getvariable('framework_code')
    and pooled.sample_group = 'all'
    and pooled.characteristic <> 'none'
    and pooled.level <> 'criterion'
order by
    pooled.characteristic,
    category.display_order,
    pooled.category,
    part.display_order
