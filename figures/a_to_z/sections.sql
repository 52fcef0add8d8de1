select
    section.section_title,
    section.section_code,
    section.framework_code || ' ' || section.section_code || ' ' || section.section_title as section,
    framework.framework_name || ' (' || framework.framework_code || ')' as programme
from marts.dim_section as section
inner join marts.dim_framework as framework using (framework_code)
order by section.section_title, framework.framework_code, section.section_code
