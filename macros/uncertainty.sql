{# Uncertainty as the statistics specification has it; the numbers are vars of dbt_project.yml. #}

{# Variance of a sum over cases from the sum of their squared deviations; NULL for a single case. #}
{% macro case_variance(squares, cases) -%}
    {{ squares }} * {{ cases }} / nullif({{ cases }} - 1, 0)
{%- endmacro %}

{# Effective sample size of a score, a row of int_inspection__score: score (1 - score) by variance and floor; where all
   answers agree that of the answers themselves, at most the cases. NULL without a variance, and where it and the floor
   are 0. #}
{% macro effective_size(variance, cases) -%}
    case
        when scores.is_at_end then least({{ cases }}, 1 / scores.squares_by_cases)
        else scores.score * (1 - scores.score) / nullif({{ variance }} + scores.variance_floor, 0)
    end
{%- endmacro %}

{# An end (low, high) of Wilson's interval of a score, a row of int_inspection__score_precision, on its effective
   size. #}
{% macro score_end(end, effective_size, quantile) -%}
    {%- set successes = 'scores.centre * ' ~ effective_size -%}
    {{ (wilson_low if end == 'low' else wilson_high)(successes, effective_size, quantile) }}
{%- endmacro %}

{# What chi-square exceeds in one of twenty samples without overdispersion (Wilson and Hilferty: within 3 % for one degree
   of freedom, within half a per cent from four); NULL without degrees of freedom, which must be a double. #}
{% macro chi_square_95(degrees_of_freedom) -%}
    {{ degrees_of_freedom }} * power(
        1 - 2 / (9 * {{ degrees_of_freedom }}) + 1.6448536 * sqrt(2 / (9 * {{ degrees_of_freedom }})), 3
    )
{%- endmacro %}
