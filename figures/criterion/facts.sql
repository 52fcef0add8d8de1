select
    framework.framework_name,
    criterion.section_code || ' ' || section.section_title as section_title,
    criterion.scoring,
    criterion.importance,
    framework.criterion_method,
    criterion.performance_items,
    dispersion.inspections,
    dispersion.pooled_cases,
    dispersion.pooled_score,
    dispersion.is_overdispersed
from marts.dim_criterion as criterion
inner join marts.dim_framework as framework using (framework_code)
inner join marts.dim_section as section using (framework_code, section_code)
left join marts.fct_score_dispersion as dispersion
    on
        criterion.framework_code = dispersion.framework_code
        and criterion.criterion_code = dispersion.code
        and dispersion.level = 'criterion'
where
    criterion.framework_code = getvariable('framework_code')
    and criterion.criterion_code = getvariable('criterion_code')
