{# The condition holds of every row (NULL counts as held): returns the rows that break it. #}
{% test holds(model, condition, column_name=none) %}
select *
from {{ model }}
where not ({{ condition }})
{% endtest %}
