{# A proportion as the whole per cent that is published: half up from the unrounded value. #}
{% macro score_pct(proportion) -%}
    cast({{ half_up(proportion ~ ' * 100') }} as int)
{%- endmacro %}
