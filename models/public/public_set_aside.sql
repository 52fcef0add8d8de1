-- Which deliveries, and by which rule: what was wrong in them is for their senders.
select
    kind,
    delivery_key,
    revision,
    set_aside_on,
    rule
from {{ ref('set_aside') }}
