{# The figure of a question as text, of the parts that a report printed: 83; 90 of 109; 19 below the line. NULL where
   there is none. #}
{% macro printed_figure(score_pct, numerator, denominator, below) -%}
    nullif(concat_ws(
        '; ',
        {{ score_pct }},
        case
            when {{ numerator }} is not null and {{ denominator }} is not null
                then concat({{ numerator }}, ' of ', {{ denominator }})
            when {{ numerator }} is not null then concat({{ numerator }}, ' above the line')
            when {{ denominator }} is not null then concat('of ', {{ denominator }})
        end,
        case when {{ below }} is not null then concat({{ below }}, ' below the line') end
    ), '')
{%- endmacro %}
