{# Whether a text lists a code, with semicolons between codes. #}
{% macro lists(codes, code) -%}
    concat(';', {{ codes }}, ';') like concat('%;', {{ code }}, ';%')
{%- endmacro %}

{# The same as a condition: one that lists no codes asks nothing. #}
{% macro is_listed(code, codes) -%}
    ({{ codes }} is null or {{ lists(codes, code) }})
{%- endmacro %}
