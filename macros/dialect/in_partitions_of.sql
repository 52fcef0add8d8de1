{# After `select`, in a model that is partitioned by the column: the rows of a partition go to one file or a few, not to
   one for each of Spark's tasks. DuckDB keeps a table in one file and needs nothing. #}
{% macro in_partitions_of(column) -%}
    {{ return(adapter.dispatch('in_partitions_of', 'casebook')(column)) }}
{%- endmacro %}

{% macro duckdb__in_partitions_of(column) -%}
{%- endmacro %}

{% macro spark__in_partitions_of(column) -%}
    /*+ rebalance({{ column }}) */
{%- endmacro %}
