{# Wilson's 95 % interval of a proportion of counts, as proportions within 0 and 1; NULL where the count of trials is 0
   or NULL. Its ends are exact where none or all succeed, which rounding would otherwise miss by a hair. Counts need not
   be whole; a quantile (a column) takes the place of the normal distribution's 1.96. #}
{% macro wilson_low(successes, trials, quantile=none) -%}
    case
        when {{ successes }} = 0 and {{ trials }} > 0 then cast(0 as double)
        else {{ wilson_end(successes, trials, '-', quantile) }}
    end
{%- endmacro %}

{% macro wilson_high(successes, trials, quantile=none) -%}
    case
        when {{ successes }} = {{ trials }} and {{ trials }} > 0 then cast(1 as double)
        else {{ wilson_end(successes, trials, '+', quantile) }}
    end
{%- endmacro %}

{# Both ends are one expression: (p + z²/2n -+ z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n), multiplied through by n. #}
{% macro wilson_end(successes, trials, sign, quantile) -%}
    {%- set k = 'cast(' ~ successes ~ ' as double)' -%}
    {%- set n = 'cast(nullif(' ~ trials ~ ', 0) as double)' -%}
    {%- set z = 'cast(' ~ (quantile or var('interval_width')) ~ ' as double)' -%}
    ({{ k }} + {{ z }} * {{ z }} / 2 {{ sign }} {{ z }} * sqrt({{ k }} * ({{ n }} - {{ k }}) / {{ n }} + {{ z }} * {{ z }} / 4))
    / ({{ n }} + {{ z }} * {{ z }})
{%- endmacro %}
