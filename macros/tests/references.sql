{# A key of several columns is found in another model under the same names: returns the keys that are not. #}
{% test references(model, columns, to) %}
select distinct
    {% for column in columns %}child.{{ column }}{{ ', ' if not loop.last }}{% endfor %}

from {{ model }} as child
left join {{ to }} as parent
    on {% for column in columns %}child.{{ column }} = parent.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}

where parent.{{ columns[0] }} is null
{% endtest %}
