{# What a case adds to a measure of `case_measures`: one where the measure counts cases and its terms hold of this one, or
   the amounts that its terms are. #}
{% macro case_numerator(measure) -%}
    {%- if measure.counts_cases -%}
        case when {{ measure.denominator }} and {{ measure.numerator }} then 1 else 0 end
    {%- else -%}
        {{ measure.numerator }}
    {%- endif -%}
{%- endmacro %}

{% macro case_denominator(measure) -%}
    {%- if measure.counts_cases -%}
        case when {{ measure.denominator }} then 1 else 0 end
    {%- else -%}
        {{ measure.denominator }}
    {%- endif -%}
{%- endmacro %}
