{# After the raw table of a kind with free text: leaves out the rows whose text names a case, which are held. #}
{% macro without_named_cases() -%}
anti join {{ source('intake', 'named_case') }} using (file_id, row_number)
{%- endmacro %}
