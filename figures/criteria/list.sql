select
    criterion.framework_code,
    framework.framework_name,
    criterion.framework_code || ' ' || criterion.section_code || ' ' || section.section_title as section_title,
    criterion.criterion_code,
    criterion.criterion_title,
    criterion.scoring,
    criterion.importance
from marts.dim_criterion as criterion
inner join marts.dim_framework as framework using (framework_code)
inner join marts.dim_section as section using (framework_code, section_code)
order by framework.programme_start, criterion.framework_code, criterion.section_code, criterion.criterion_code
