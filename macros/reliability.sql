{# How far a figure can be trusted, and why not further (statistics specification, Intervals); the bounds are vars. #}

{# The word (part: word) or why it is not reliable (part: reason) of a row of int_inspection__score_precision: of the first
   condition that holds. Nine decimals of tolerance, so that a weight of exactly a fifth is not more than a fifth. #}
{% macro reliability(row, part) -%}
    {%- set rarer = row ~ '.n_eff * least(' ~ row ~ '.centre, 1 - ' ~ row ~ '.centre)' -%}
    {%- set rules = [
        {
            'word': 'too few',
            'when': row ~ '.cases < ' ~ var('fewest_interval_cases'),
            'reason': 'fewer than ' ~ var('fewest_interval_cases') ~ ' cases'
        },
        {
            'word': 'too few',
            'when': row ~ '.is_pool and ' ~ row ~ '.inspections < ' ~ var('fewest_pooled_inspections'),
            'reason': 'fewer than ' ~ var('fewest_pooled_inspections') ~ ' inspections'
        },
        {
            'word': 'too few',
            'when': 'round(' ~ row ~ '.weight_on_too_few - ' ~ var('largest_weight_on_few') ~ ', 9) > 0',
            'reason': 'too much weight on questions with fewer than ' ~ var('fewest_relevant_cases') ~ ' cases'
        },
        {
            'word': 'indicative',
            'when': row ~ '.cases < ' ~ var('reliable_cases'),
            'reason': 'fewer than ' ~ var('reliable_cases') ~ ' cases'
        },
        {
            'word': 'indicative',
            'when': row ~ '.is_pool and ' ~ row ~ '.inspections < ' ~ var('reliable_pooled_inspections'),
            'reason': 'fewer than ' ~ var('reliable_pooled_inspections') ~ ' inspections'
        },
        {
            'word': 'indicative',
            'when': row ~ '.is_pool and round(' ~ row ~ '.largest_share - ' ~ var('largest_pool_share') ~ ', 9) > 0',
            'reason': 'one inspection has too large a share of the cases'
        },
        {
            'word': 'indicative',
            'when': 'coalesce(' ~ rarer ~ ', 0) < ' ~ var('fewest_effective_answers'),
            'reason': 'fewer than ' ~ var('fewest_effective_answers') ~ ' effective answers above or below the line'
        },
        {
            'word': 'indicative',
            'when': 'round(' ~ row ~ '.weight_on_few - ' ~ var('largest_weight_on_few') ~ ', 9) > 0',
            'reason': 'too much weight on questions with fewer than ' ~ var('reliable_relevant_cases') ~ ' cases'
        },
    ] -%}
    case
        {% for rule in rules %}
        when {{ rule['when'] }} then '{{ rule[part] }}'
        {% endfor %}
        {% if part == 'word' %}
        else 'reliable'
        {% endif %}
    end
{%- endmacro %}

{# The word for a single proportion of counts; NULL without trials. #}
{% macro proportion_reliability(successes, trials) -%}
    case
        when coalesce({{ trials }}, 0) = 0 then null
        when {{ trials }} < {{ var('fewest_interval_cases') }} then 'too few'
        when
            {{ trials }} < {{ var('reliable_cases') }}
            or least({{ successes }}, {{ trials }} - {{ successes }}) < {{ var('fewest_effective_answers') }}
            then 'indicative'
        else 'reliable'
    end
{%- endmacro %}

{# The lesser of two words, for a difference; NULL where either is. #}
{% macro lesser_reliability(one, other) -%}
    case
        when {{ one }} is null or {{ other }} is null then null
        when 'too few' in ({{ one }}, {{ other }}) then 'too few'
        when 'indicative' in ({{ one }}, {{ other }}) then 'indicative'
        else 'reliable'
    end
{%- endmacro %}
