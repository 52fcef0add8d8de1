{# None of the columns is NULL, asked in one pass over the table: returns the rows that lack one. #}
{% test required(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
where {% for column in columns %}{{ column }} is null{{ ' or ' if not loop.last }}{% endfor %}
{% endtest %}
