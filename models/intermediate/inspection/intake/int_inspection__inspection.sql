{{ config(materialized='view') }}

select
    inspection_id,
    framework_code,
    area_code,
    inspection_title,
    fieldwork_from,
    fieldwork_to,
    published_on,
    follow_up_of,
    performance_year
from {{ ref('int_inspection__current_inspection') }}
where missing_parent is null
