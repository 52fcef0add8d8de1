{# Whole days from one date to a later one; negative where it is earlier. #}
{% macro days_after(first_day, later_day) -%}
    {{ return(adapter.dispatch('days_after', 'casebook')(first_day, later_day)) }}
{%- endmacro %}

{% macro duckdb__days_after(first_day, later_day) -%}
    cast(date_diff('day', {{ first_day }}, {{ later_day }}) as int)
{%- endmacro %}

{% macro spark__days_after(first_day, later_day) -%}
    datediff({{ later_day }}, {{ first_day }})
{%- endmacro %}
