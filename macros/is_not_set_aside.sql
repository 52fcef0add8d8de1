{# That a row of `delivered`, a raw table, is of a file that is not set aside. Asked before any of its texts is converted:
   what stops a model must not stop it once its file is set aside. #}
{% macro is_not_set_aside() -%}
    not exists (
        select 1 as found
        from {{ source('intake', 'set_aside') }} as set_aside
        where set_aside.file_id = delivered.file_id and set_aside.readmitted_at is null
    )
{%- endmacro %}
