{# The named columns of a row as one JSON object, for people who mend a held row. #}
{% macro row_json(columns) -%}
    {{ return(adapter.dispatch('row_json', 'casebook')(columns)) }}
{%- endmacro %}

{% macro duckdb__row_json(columns) -%}
    cast(json_object({% for c in columns %}'{{ c }}', {{ c }}{{ ', ' if not loop.last }}{% endfor %}) as varchar)
{%- endmacro %}

{% macro spark__row_json(columns) -%}
    to_json(named_struct({% for c in columns %}'{{ c }}', {{ c }}{{ ', ' if not loop.last }}{% endfor %}), map('ignoreNullFields', 'false'))
{%- endmacro %}
