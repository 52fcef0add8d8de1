{# A list of one text. #}
{% macro text_list(expression) -%}
    {{ return(adapter.dispatch('text_list', 'casebook')(expression)) }}
{%- endmacro %}

{% macro duckdb__text_list(expression) -%}
    list_value({{ expression }})
{%- endmacro %}

{% macro spark__text_list(expression) -%}
    array({{ expression }})
{%- endmacro %}
