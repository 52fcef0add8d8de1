-- Rows that passed the checks on their own file but lack what another delivery or the reference data must give.
-- They are released by themselves on the night their parent is there.
{% for delivery in deliveries() | selectattr('subject', 'equalto', 'inspection') %}
select
    file_id,
    row_number,
    missing_parent as reason,
    {{ row_json(delivery.columns) }} as row_content
from {{ ref('int_inspection__current_' ~ delivery.kind) }}
where missing_parent is not null
{{ 'union all' if not loop.last }}
{% endfor %}
