{# Whether a value meets its target, is close to it or misses it (performance specification, against target). Binary noise
   must not miss a target that was just met. NULL without either, or where the target is 0. #}
{% macro target_status(value, target, direction, close_factor) -%}
    {%- set tolerance = var('float_tolerance') -%}
    case
        when {{ target }} = 0 or {{ target }} is null or {{ value }} is null then null
        when {{ direction }} = 'higher' and {{ value }} >= {{ target }} - {{ tolerance }} then 'met'
        when {{ direction }} = 'lower' and {{ value }} <= {{ target }} + {{ tolerance }} then 'met'
        when {{ direction }} = 'higher' and {{ value }} >= {{ close_factor }} * {{ target }} - {{ tolerance }} then 'close'
        when {{ direction }} = 'lower' and {{ value }} <= {{ close_factor }} * {{ target }} + {{ tolerance }} then 'close'
        else 'missed'
    end
{%- endmacro %}
