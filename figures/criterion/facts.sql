select
    framework.framework_code,
    framework.framework_name,
    criterion.section_code,
    criterion.section_code || ' ' || section.section_title as section_title,
    criterion.scoring,
    criterion.importance,
    framework.criterion_method,
    dispersion.inspections, -- staff
    dispersion.pooled_cases, -- staff
    dispersion.pooled_score, -- staff
    high.score as pooled_high_roh_score, -- staff
    dispersion.is_overdispersed, -- staff
    criterion.performance_items
from marts.dim_criterion as criterion
inner join marts.dim_framework as framework using (framework_code)
inner join marts.dim_section as section using (framework_code, section_code)
left join marts.fct_score_dispersion as dispersion -- staff
    on -- staff
        criterion.framework_code = dispersion.framework_code -- staff
        and criterion.criterion_code = dispersion.code -- staff
        and dispersion.level = 'criterion' -- staff
left join marts.fct_pooled_score as high -- staff
    on -- staff
        criterion.framework_code = high.framework_code -- staff
        and criterion.criterion_code = high.code -- staff
        and high.level = 'criterion' -- staff
        and high.pool = 'programme' -- staff
        and high.sample_group = 'high_roh' -- staff
        and high.characteristic = 'none' -- staff
where
    criterion.framework_code = getvariable('framework_code')
    and criterion.criterion_code = getvariable('criterion_code')
