{# After the raw table of a kind with free text: leaves out the rows whose text names a case, which are held. #}
{% macro without_named_cases(kind) -%}
where not exists (
    select 1
    from {{ source('intake', 'named_case') }} as named
    where named.file_id = {{ kind }}.file_id and named.row_number = {{ kind }}.row_number
)
{%- endmacro %}
