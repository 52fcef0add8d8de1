{# Uncertainty as the statistics specification has it; the numbers are vars of dbt_project.yml. #}

{# Variance of a sum over cases from the sum of their squared deviations; NULL for a single case. #}
{% macro case_variance(squares, cases) -%}
    {{ squares }} * {{ cases }} / nullif({{ cases }} - 1, 0)
{%- endmacro %}

{# Lower (-) or upper (+) end of a score's interval, cut to 0 and 1; NULL without a standard error above 0. #}
{% macro interval_bound(score, standard_error, sign) -%}
    case
        when {{ standard_error }} > 0
            then greatest(0.0, least(1.0, {{ score }} {{ sign }} {{ var('interval_width') }} * {{ standard_error }}))
    end
{%- endmacro %}

{# Whether a difference is beyond chance, with nine decimals of tolerance so that binary noise is none. #}
{% macro beyond_chance(difference, standard_error) -%}
    round(abs({{ difference }}) - {{ var('interval_width') }} * {{ standard_error }}, 9) > 0
{%- endmacro %}

{# What chi-square exceeds in one of twenty samples without overdispersion (Wilson and Hilferty: within 3 % for one degree
   of freedom, within half a per cent from four); NULL without degrees of freedom, which must be a double. #}
{% macro chi_square_95(degrees_of_freedom) -%}
    {{ degrees_of_freedom }} * power(
        1 - 2 / (9 * {{ degrees_of_freedom }}) + 1.6448536 * sqrt(2 / (9 * {{ degrees_of_freedom }})), 3
    )
{%- endmacro %}
