select
    kind,
    delivery_key,
    revision,
    set_aside_on,
    rule
from ops.set_aside
order by set_aside_on desc, kind, delivery_key, revision
