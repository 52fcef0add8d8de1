{# A date so many months later (a column of whole numbers); the last day of the month where there is no such day. #}
{% macro add_months(day, months) -%}
    {{ return(adapter.dispatch('add_months', 'casebook')(day, months)) }}
{%- endmacro %}

{% macro duckdb__add_months(day, months) -%}
    cast({{ day }} + to_months({{ months }}) as date)
{%- endmacro %}

{% macro spark__add_months(day, months) -%}
    add_months({{ day }}, {{ months }})
{%- endmacro %}
