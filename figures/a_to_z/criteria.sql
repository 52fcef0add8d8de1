select
    criterion.criterion_title,
    criterion.criterion_code,
    criterion.framework_code,
    framework.framework_name || ' (' || framework.framework_code || ')' as programme,
    section.section_title
from marts.dim_criterion as criterion
inner join marts.dim_framework as framework using (framework_code)
inner join marts.dim_section as section using (framework_code, section_code)
order by criterion.criterion_title, criterion.framework_code, criterion.criterion_code
