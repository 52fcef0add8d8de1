-- Of each delivery at most one revision counts.
{{ config(group='delivery') }}
select
    kind,
    delivery_key
from {{ ref('int_delivery__current_file') }}
group by kind, delivery_key
having count(*) > 1
