{# A data period (MMYY text) as the first day of its month; years before the calendar's first
   (70) are of this century. Only for text that the delivery checks have passed. #}
{% macro mmyy_to_month(column) -%}
    cast(concat(
        case when substr({{ column }}, 3, 2) < '{{ '%02d' | format(calendar_years()[0] % 100) }}' then '20' else '19' end,
        substr({{ column }}, 3, 2), '-', substr({{ column }}, 1, 2), '-01'
    ) as date)
{%- endmacro %}
