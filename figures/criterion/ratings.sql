select
    inspection.inspection_id,
    inspection.inspection_title,
    area.area_code,
    area.area_name,
    inspection.published_on,
    rating.derived_rating,
    rating.adjusted_rating,
    rating.rating
from marts.fct_management_rating as rating
inner join marts.dim_inspection as inspection using (inspection_id)
inner join marts.dim_area as area using (area_code)
where
    inspection.framework_code = getvariable('framework_code')
    and rating.criterion_code = getvariable('criterion_code')
    and rating.sample_group = 'all'
order by area.area_name, inspection.fieldwork_from, inspection.inspection_id
