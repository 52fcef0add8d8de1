{# What the key of a delivery says whose kind has its sender in the key (seed delivery_kinds): BED_0404 is of BED. #}
{% macro sender_in_key(delivery_key) -%}
    split_part({{ delivery_key }}, '_', 1)
{%- endmacro %}

{# What the key of a monthly delivery says: BED_0404 is for 2004-04-01. #}
{% macro month_in_key(delivery_key) -%}
    {{ mmyy_to_month("split_part(" ~ delivery_key ~ ", '_', 2)") }}
{%- endmacro %}
