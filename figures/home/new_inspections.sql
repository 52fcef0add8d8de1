select
    arrival.delivery_key as inspection_id,
    inspection.inspection_title,
    area.area_name,
    case when min(arrival.revision) = 1 then 'New' else 'Corrected' end as what
from ops.arrival as arrival
inner join marts.dim_inspection as inspection on arrival.delivery_key = inspection.inspection_id
inner join marts.dim_area as area using (area_code)
cross join ops.publication as publication
where publication.previous_run_id is not null and arrival.kind in ('judgement', 'inspection', 'published_score')
group by arrival.delivery_key, inspection.inspection_title, area.area_name
order by area.area_name, inspection.inspection_title, arrival.delivery_key
