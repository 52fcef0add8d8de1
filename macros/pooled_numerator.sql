{# Sum of the numerators that have a denominator; of all of them where none has. #}
{% macro pooled_numerator(numerator, denominator) -%}
    coalesce(
        {{ exact_sum('case when ' ~ denominator ~ ' is not null then ' ~ numerator ~ ' end') }},
        {{ exact_sum(numerator) }}
    )
{%- endmacro %}
