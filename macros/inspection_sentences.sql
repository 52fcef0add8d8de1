{# Sentences for a sender whose row lacks its parent, said alike for every kind of inspection delivery. They quote no
   cell. A row that is itself held is no parent: what hangs on it waits with it. #}
{% macro no_such_inspection() -%}
    'The inspection is not loaded: its own delivery has not come or is held.'
{%- endmacro %}

{% macro no_such_case() -%}
    'The case is not in the sample of this inspection, or its row there is held.'
{%- endmacro %}

{% macro commenced_after_fieldwork() -%}
    'commenced_on must not be after fieldwork_to of this inspection: mend it here, or the dates of the inspection.'
{%- endmacro %}

{% macro before_commencement(column) -%}
    '{{ column }} must not be before commenced_on of the case: mend it here, or in the sample of this inspection.'
{%- endmacro %}

{% macro no_such_sample_group() -%}
    'There is no sample group with this code.'
{%- endmacro %}

{% macro no_such_code(level) -%}
    'There is no {{ level }} with this code in the framework of this inspection.'
{%- endmacro %}

{% macro no_such_word() -%}
    'The adjusted rating is no word that this criterion can have in the framework of this inspection.'
{%- endmacro %}

{% macro no_such_need() -%}
    'There is no need with this name.'
{%- endmacro %}

{% macro no_such_theme() -%}
    'The theme is not loaded: its own delivery has not come or is held.'
{%- endmacro %}

{% macro differs_within_theme() -%}
    'Title, sample group and printed counts must be the same in every row of a theme.'
{%- endmacro %}

{% macro inspection_of_another_area() -%}
    'The inspection is of another area: name an inspection of this area, or leave inspection_id empty.'
{%- endmacro %}

{% macro follow_up_in_theme() -%}
    'A follow-up is in no theme: name the inspection that it follows up.'
{%- endmacro %}
