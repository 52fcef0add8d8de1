{# Macros of an incremental model that sums the rows of each file of a kind; a full build reads all of them. #}

-- Keeps it to the loaded files that it holds nothing of yet, and those that `forget_changed_files` takes out. The files
-- are listed by number, because both engines then read nothing but these.
{% macro new_files_only(kind) %}
    {%- if is_incremental() -%}
        {%- set found = run_query(
            "select file_id from " ~ ref('stg_file') ~ " where kind = '" ~ kind ~ "' and state = 'loaded' "
            ~ "and (file_id not in (select file_id from " ~ this ~ ") or file_id in (" ~ changed_files() ~ ")) "
            ~ "order by file_id"
        ) -%}
        where file_id in ({{ (found.columns[0].values() | join(', ')) or 'null' }})
    {%- endif -%}
{% endmacro %}

{# Its pre-hook, which runs after these files are listed. #}
{% macro forget_changed_files() %}
    {%- if is_incremental() -%}
        delete from {{ this }} where file_id in ({{ changed_files() }})
    {%- endif -%}
{% endmacro %}

{# The files with rows that are held now for the cases that they name, and those whose sums are not over all of their
   loaded rows because such rows were held then. #}
{% macro changed_files() -%}
    select file_id from {{ ref('stg_named_case') }}
    union
    select summed.file_id
    from {{ this }} as summed
    inner join {{ ref('stg_file') }} as files on summed.file_id = files.file_id
    where summed.characteristic = 'all' and summed.cases <> files.rows_loaded
{%- endmacro %}
