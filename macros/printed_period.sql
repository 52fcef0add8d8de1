{# The period of a window that begins in this month: windows from April are years to date, others have their own name. #}
{% macro printed_period(first_month) -%}
    case
        when month({{ first_month }}) = 4 then 'to_date'
        else concat('from ', substr(cast({{ first_month }} as string), 1, 7))
    end
{%- endmacro %}
