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

{# The type of a list of texts, for contracts. #}
{% macro text_list_type() -%}
    {{ return(adapter.dispatch('text_list_type', 'casebook')()) }}
{%- endmacro %}

{% macro duckdb__text_list_type() -%}
    string[]
{%- endmacro %}

{% macro spark__text_list_type() -%}
    array<string>
{%- endmacro %}
