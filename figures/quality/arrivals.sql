select
    kind,
    delivery_key,
    revision
from public.arrival
order by kind, delivery_key, revision
