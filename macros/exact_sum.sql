{# A sum of doubles that does not depend on the order of rows or the number of threads: summed as decimals to
   18 places, so that a mart built twice is the same to the last bit. Values must stay under 1e20. #}
{% macro exact_sum(expression) -%}
    cast(sum(cast({{ expression }} as decimal(38, 18))) as double)
{%- endmacro %}
