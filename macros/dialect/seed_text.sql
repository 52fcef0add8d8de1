{# A text column of a seed that may be blank. dbt's loader on Spark writes the word None where the seed has nothing. #}
{% macro seed_text(column) -%}
    {{ return(adapter.dispatch('seed_text', 'casebook')(column)) }}
{%- endmacro %}

{% macro duckdb__seed_text(column) -%}
    {{ column }}
{%- endmacro %}

{% macro spark__seed_text(column) -%}
    nullif({{ column }}, 'None')
{%- endmacro %}
