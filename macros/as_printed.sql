{# A figure as an inspection report prints it: proportions as per cent, days as they are. Half up from the unrounded
   value to as many decimals as are printed. #}
{% macro as_printed(value, printed_unit, decimals) -%}
    {{ half_up(in_printed_unit(value, printed_unit) ~ ' * power(10, ' ~ decimals ~ ')') }} / power(10, {{ decimals }})
{%- endmacro %}

{# The same without rounding to the decimals printed: only binary noise is taken off. #}
{% macro in_printed_unit(value, printed_unit) -%}
    round({{ value }} * case when {{ printed_unit }} = 'days' then 1 else 100 end, 9)
{%- endmacro %}
