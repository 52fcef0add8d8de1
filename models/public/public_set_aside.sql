-- Which deliveries, and by which rule: what was wrong in them is for their senders. Of two files of one revision, both
-- set aside, the later tells.
select
    kind,
    delivery_key,
    revision,
    set_aside_on,
    rule
from {{ ref('set_aside') }}
qualify row_number() over (partition by kind, delivery_key, revision order by file_id desc) = 1
