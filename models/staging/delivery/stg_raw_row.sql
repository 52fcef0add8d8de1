{% for delivery in deliveries() %}
select
    file_id,
    row_number
from {{ source('raw', delivery.kind) }}
{{ 'union all' if not loop.last }}
{% endfor %}
