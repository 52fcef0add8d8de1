{# What a reader must know of a figure: `missing` where there is none, few_cases where it is of so few people or acts that
   it is unreliable, else shown. #}
{% macro figure_status(figure, missing, cases) -%}
    case
        when {{ figure }} is null then '{{ missing }}'
        when {{ cases }} < {{ var('fewest_reliable_cases') }} then 'few_cases'
        else 'shown'
    end
{%- endmacro %}
