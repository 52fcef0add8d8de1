{# Whether two numbers are not the same, last bits and NULLs apart; NULL where they are. #}
{% macro differs(one, other) -%}
    (
        abs({{ one }} - {{ other }}) > 1e-9 * greatest(1, abs({{ other }}))
        or ({{ one }} is null) <> ({{ other }} is null)
    )
{%- endmacro %}
