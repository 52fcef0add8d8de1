select
    pooled.characteristic,
    pooled.category,
    coalesce(
        pooled.code || ' ' || section.section_title,
        thread.thread_title || ' thread',
        'Overall (' || pooled.code || ')'
    ) as part,
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
left join marts.dim_section as section
    on pooled.framework_code = section.framework_code and pooled.code = section.section_code and pooled.level = 'section'
left join marts.dim_thread as thread
    on pooled.framework_code = thread.framework_code and pooled.code = thread.thread_code and pooled.level = 'thread'
where
    pooled.framework_code = getvariable('framework_code')
    and pooled.sample_group = 'all'
    and pooled.characteristic <> 'none'
    and pooled.level <> 'criterion'
order by
    pooled.characteristic,
    pooled.category,
    case pooled.level when 'section' then 1 when 'overall' then 2 else 3 end,
    pooled.code
