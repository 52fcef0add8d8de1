{# A query of every day from the first to the last, both included, in a column `day`. #}
{% macro days_between(first_day, last_day) -%}
    {{ return(adapter.dispatch('days_between', 'casebook')(first_day, last_day)) }}
{%- endmacro %}

{% macro duckdb__days_between(first_day, last_day) -%}
    select cast(unnest(generate_series(date '{{ first_day }}', date '{{ last_day }}', interval 1 day)) as date) as day
{%- endmacro %}

{% macro spark__days_between(first_day, last_day) -%}
    select explode(sequence(date '{{ first_day }}', date '{{ last_day }}', interval 1 day)) as day
{%- endmacro %}
