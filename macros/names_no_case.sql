{# That a row of `delivered`, the raw table of a kind with free text, is not held because its text names a case. #}
{% macro names_no_case() -%}
    not exists (
        select 1 as found
        from {{ source('intake', 'named_case') }} as named_case
        where named_case.file_id = delivered.file_id and named_case.row_number = delivered.row_number
    )
{%- endmacro %}
