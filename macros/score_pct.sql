{# A proportion as the whole per cent that is published: half up from the unrounded value, with nine decimals of
   tolerance so that binary noise moves nothing. #}
{% macro score_pct(proportion) -%}
    cast(floor(round({{ proportion }} * 100, 9) + 0.5) as int)
{%- endmacro %}
