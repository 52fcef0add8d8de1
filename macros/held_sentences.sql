{# Sentences for a sender whose row lacks its parent, said alike for every kind of delivery. They quote no cell. #}
{% macro no_such_area() -%}
    'There is no area with this code: give one of the 42 area codes.'
{%- endmacro %}

{% macro no_such_unit() -%}
    'There is no area with this code: give one of the 42 area codes, or a quadrant of London (LON-N, LON-E, LON-S, LON-W).'
{%- endmacro %}

{% macro no_such_measure() -%}
    'There is no measure with this code.'
{%- endmacro %}

{% macro in_a_later_file() -%}
    'Another file in force gives this row too, and its name sorts after this one: that file counts. Leave the row out of one of them.'
{%- endmacro %}

{% macro london_as_a_whole() -%}
    'London also delivered this month as a whole: deliver it as a whole or by quadrant, never both.'
{%- endmacro %}
