{# A row for each whole number from the first to the last, both included, in a select list. #}
{% macro each_number(first, last) -%}
    {{ return(adapter.dispatch('each_number', 'casebook')(first, last)) }}
{%- endmacro %}

{% macro duckdb__each_number(first, last) -%}
    unnest(generate_series({{ first }}, {{ last }}))
{%- endmacro %}

{% macro spark__each_number(first, last) -%}
    explode(sequence({{ first }}, {{ last }}))
{%- endmacro %}
