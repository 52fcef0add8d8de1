-- Keeps an incremental model that reads a kind of delivery to the loaded files that it holds nothing of yet; a full
-- build reads all. The files are listed by number, because both engines then read nothing but these.
{% macro new_files_only(kind) %}
    {%- if is_incremental() -%}
        {%- set found = run_query(
            "select file_id from " ~ ref('stg_file') ~ " where kind = '" ~ kind ~ "' and state = 'loaded' "
            ~ "and file_id not in (select file_id from " ~ this ~ ") order by file_id"
        ) -%}
        where file_id in ({{ (found.columns[0].values() | join(', ')) or 'null' }})
    {%- endif -%}
{% endmacro %}

{# Before it: takes the files out whose sums are not over all of their loaded rows (those with held rows always). #}
{% macro forget_changed_files() %}
    {%- if is_incremental() -%}
        delete from {{ this }} where file_id in (
            select summed.file_id
            from {{ this }} as summed
            inner join {{ ref('stg_file') }} as files on summed.file_id = files.file_id
            where summed.characteristic = 'all'
            group by summed.file_id, files.rows_loaded
            having sum(summed.cmp_denominator) <> files.rows_loaded
        )
    {%- endif -%}
{% endmacro %}
