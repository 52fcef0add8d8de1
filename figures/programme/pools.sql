select
    pooled.pool,
    pooled.pool_code,
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
where
    pooled.framework_code = getvariable('framework_code')
    and pooled.sample_group = 'all'
    and pooled.characteristic = 'none'
    and pooled.level <> 'criterion'
order by
    case pooled.pool when 'programme' then 1 when 'year' then 2 else 3 end,
    pooled.pool_code,
    part.display_order
