select
    inspections.inspection_id,
    inspections.inspection_title,
    inspections.framework_code,
    frameworks.framework_name,
    inspections.area_code,
    areas.area_name,
    areas.region,
    areas.country,
    inspections.performance_year,
    inspections.fieldwork_from,
    inspections.fieldwork_to,
    inspections.published_on,
    inspections.follow_up_of is not null as is_follow_up,
    inspections.follow_up_of,
    inspections.display_order
from {{ ref('dim_inspection') }} as inspections
inner join {{ ref('dim_framework') }} as frameworks
    on inspections.framework_code = frameworks.framework_code
inner join {{ ref('dim_area') }} as areas
    on inspections.area_code = areas.area_code
