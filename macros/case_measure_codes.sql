-- Measures computed case by case, in lower case: each is a pair of columns <code>_numerator and <code>_denominator.
{% macro case_measure_codes() %}
    {{ return(['enf', 'cmp', 'con_arr', 'con_kept', 'roh_time', 'ppo_time', 'eth']) }}
{% endmacro %}

-- Those of them that count a case as one or not at all: code, whether the case is relevant, whether it met the standard.
{% macro case_measures_of_cases() %}
    {{ return([
        ('enf', 'breach_required', 'breached_in_time'),
        ('cmp', 'true', 'complied'),
        ('roh_time', 'is_high_risk', 'high_risk_in_time'),
        ('ppo_time', 'is_ppo', 'ppo_in_time'),
        ('eth', 'true', 'has_valid_ethnicity')
    ]) }}
{% endmacro %}
