{# A data period (MMYY text) as the first day of its month; years from 70 on are of the last century. Only for text
   that the delivery checks have passed. #}
{% macro mmyy_to_month(column) -%}
    cast(concat(
        case when substr({{ column }}, 3, 2) < '70' then '20' else '19' end,
        substr({{ column }}, 3, 2), '-', substr({{ column }}, 1, 2), '-01'
    ) as date)
{%- endmacro %}
