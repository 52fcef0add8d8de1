{# The texts of a group in one, in their own order and with nothing between. #}
{% macro concat_in_order(column) -%}
    {{ return(adapter.dispatch('concat_in_order', 'casebook')(column)) }}
{%- endmacro %}

{% macro duckdb__concat_in_order(column) -%}
    string_agg({{ column }}, '' order by {{ column }})
{%- endmacro %}

{% macro spark__concat_in_order(column) -%}
    array_join(array_sort(collect_list({{ column }})), '')
{%- endmacro %}
