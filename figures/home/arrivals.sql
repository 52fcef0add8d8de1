select
    kind,
    count(*) filter (where revision = 1) as first_sent,
    count(*) filter (where revision > 1) as corrections,
    case when count(*) <= 5 then string_agg(delivery_key, ', ' order by delivery_key) end as which
from ops.arrival
group by kind
order by kind
