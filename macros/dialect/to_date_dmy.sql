{# dd/mm/yyyy text to a date; NULL stays NULL. Only for text that the delivery checks have passed. #}
{% macro to_date_dmy(column) -%}
    {{ return(adapter.dispatch('to_date_dmy', 'casebook')(column)) }}
{%- endmacro %}

{% macro duckdb__to_date_dmy(column) -%}
    cast(strptime({{ column }}, '%d/%m/%Y') as date)
{%- endmacro %}

{% macro spark__to_date_dmy(column) -%}
    to_date({{ column }}, 'dd/MM/yyyy')
{%- endmacro %}
