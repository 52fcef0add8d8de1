select
    arrival.kind,
    arrival.delivery_key,
    arrival.revision
from ops.arrival as arrival
inner join ops.publication as publication
    on publication.previous_run_id is not null
order by arrival.kind, arrival.delivery_key
