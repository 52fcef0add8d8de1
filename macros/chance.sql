{# Tests of differences (statistics specification, Differences), in SQL that every engine computes alike. #}

{# A t statistic as a standard normal one by Wallace's approximation, 0 or more; NULL without degrees of freedom. #}
{% macro wallace_z(t, degrees_of_freedom) -%}
    {%- set df = 'cast(case when ' ~ degrees_of_freedom ~ ' > 0 then ' ~ degrees_of_freedom ~ ' end as double)' -%}
    sqrt({{ df }} * ln(1 + {{ t }} * {{ t }} / {{ df }})) * (8 * {{ df }} + 1) / (8 * {{ df }} + 3)
{%- endmacro %}

{# The chance that a standard normal variable is as far from 0 as z (a column, a double of 0 or more) to either side: Hart's
   algorithm 5666 (Computer Approximations, 1968) as West gives it, to fourteen places. #}
{% macro normal_two_tails(z) -%}
    {%- set above = [
        3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
        220.206867912376
    ] -%}
    {%- set below = [
        8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
        793.826512519948, 440.413735824752
    ] -%}
    case
        when {{ z }} < 7.07106781186547
            then 2 * exp(-{{ z }} * {{ z }} / 2) * {{ polynomial(above, z) }} / {{ polynomial(below, z) }}
        else
            2 * exp(-{{ z }} * {{ z }} / 2) / 2.506628274631
            / ({{ z }} + 1 / ({{ z }} + 2 / ({{ z }} + 3 / ({{ z }} + 4 / ({{ z }} + 0.65)))))
    end
{%- endmacro %}

{# A polynomial of x by Horner's rule, its coefficients from that of the highest power down. #}
{% macro polynomial(coefficients, x) -%}
    {%- for _ in coefficients[1:] -%} ( {%- endfor -%}
    {{ coefficients[0] }}{% for coefficient in coefficients[1:] %} * {{ x }} + {{ coefficient }}){% endfor %}
{%- endmacro %}

{# Select of all columns of a relation with q_value (Benjamini and Hochberg within the family, columns with commas) and
   beyond_chance (q_value under 0.05) beside its column p_value. A row without p_value is outside its family and has neither. #}
{% macro benjamini_hochberg(relation, family) -%}
with counted as (
    select
        *,
        p_value
        * count(p_value) over (partition by {{ family }})
        / count(p_value) over (partition by {{ family }} order by p_value) as inflated_p_value
    from {{ relation }}
),

adjusted as (
    select
        *,
        case
            when p_value is not null
                then min(inflated_p_value) over (partition by {{ family }} order by p_value desc)
        end as q_value
    from counted
)

select
    *,
    q_value < {{ var('false_discovery_rate') }} as beyond_chance
from adjusted
{%- endmacro %}
