-- Measures computed case by case, in lower case: each is a pair of columns <code>_numerator and <code>_denominator.
{% macro case_measure_codes() %}
    {{ return(['enf', 'cmp', 'con_arr', 'con_kept', 'roh_time', 'ppo_time', 'eth']) }}
{% endmacro %}
