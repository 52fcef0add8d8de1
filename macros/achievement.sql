{# The share of a target that a value reaches, whichever way is better; not capped. Where lower is better a value of 0
   reaches all of it. NULL without value, target or direction, and where the target is 0: nothing can be divided by it. #}
{% macro achievement(value, target, direction) -%}
    case
        when nullif({{ target }}, 0) is null then null
        when {{ direction }} = 'higher' then {{ value }} / {{ target }}
        when {{ direction }} = 'lower' and {{ value }} = 0 then 1
        when {{ direction }} = 'lower' then {{ target }} / {{ value }}
    end
{%- endmacro %}
