select
    pooled.pool,
    pooled.pool_code,
    sample_group.sample_group,
    sample_group.sample_group_title,
    nullif(pooled.characteristic, 'none') as characteristic,
    nullif(pooled.category, 'all') as category_code,
    case
        when pooled.characteristic <> 'none' then coalesce(category.category_title, pooled.category)
    end as category,
    pooled.months,
    pooled.observed_cases,
    pooled.reconvicted_cases,
    pooled.reconvicted_share,
    pooled.ci_low,
    pooled.ci_high,
    pooled.figure_status
from marts.fct_pooled_reconviction as pooled
inner join marts.dim_sample_group as sample_group using (sample_group)
left join marts.dim_category as category
    on pooled.characteristic = category.characteristic and pooled.category = category.category
where pooled.framework_code = getvariable('framework_code')
order by
    case pooled.pool when 'programme' then 1 when 'year' then 2 else 3 end,
    pooled.pool_code,
    sample_group.display_order,
    pooled.characteristic <> 'none',
    pooled.characteristic,
    category.display_order,
    pooled.category,
    pooled.months
