{# A date so many days later (a column of whole numbers). #}
{% macro add_days(day, days) -%}
    {{ return(adapter.dispatch('add_days', 'casebook')(day, days)) }}
{%- endmacro %}

{% macro duckdb__add_days(day, days) -%}
    cast({{ day }} + to_days({{ days }}) as date)
{%- endmacro %}

{% macro spark__add_days(day, days) -%}
    date_add({{ day }}, {{ days }})
{%- endmacro %}
