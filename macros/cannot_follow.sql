{# Why a printed percentage contradicts the printed figures below it: a sentence for readers. Edges are in points. #}
{% macro cannot_follow(parts, low, high, published) -%}
    concat(
        'The {{ parts }} printed allow ', cast(round({{ low }}, 1) as string),
        ' to ', cast(round({{ high }}, 1) as string), ' points; the report prints ', {{ published }}, '.'
    )
{%- endmacro %}
