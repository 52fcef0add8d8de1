{# A number rounded half up to a whole one, with nine decimals of tolerance so that binary noise moves nothing. #}
{% macro half_up(value) -%}
    floor(round({{ value }}, 9) + 0.5)
{%- endmacro %}
