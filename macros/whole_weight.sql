{# A weight of the seeds (six decimals) as a whole number, so that sums of weights are exact. #}
{% macro whole_weight(weight) -%}
    cast({{ weight }} * 1000000 as bigint)
{%- endmacro %}
