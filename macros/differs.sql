{# Whether two numbers are not the same, last bits and NULLs apart; NULL where they are. #}
{% macro differs(one, other) -%}
    (
        abs({{ one }} - {{ other }}) > {{ var('float_tolerance') }} * greatest(1, abs({{ other }}))
        or ({{ one }} is null) <> ({{ other }} is null)
    )
{%- endmacro %}
