{# The number of a figure that may be a word (###, n/a, under review): NULL for those. In the size it was written in, with
   or without its per cent sign. A number in its canonical spelling begins with a digit or a minus sign. #}
{% macro printed_number(column) -%}
    case when substr({{ column }}, 1, 1) between '-' and '9' then cast(replace({{ column }}, '%', '') as double) end
{%- endmacro %}
