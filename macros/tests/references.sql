{# A key of several columns is found in another model under the same names: returns the keys that are not. #}
{% test references(model, columns, to) %}
with child as (
    -- dbt gives a model that is narrowed by `where` an alias of its own.
    select * from {{ model }}
)

select distinct
    {% for column in columns %}child.{{ column }}{{ ', ' if not loop.last }}{% endfor %}

from child
left join {{ to }} as parent
    on {% for column in columns %}child.{{ column }} = parent.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}

where parent.{{ columns[0] }} is null
{% endtest %}
