-- Ids of the loaded files of a kind that a table holds nothing of, as a list for `in`: of an incremental model, what it
-- has still to take in.
{% macro loaded_files_not_in(relation, kind) %}
    {%- set found = run_query(
        "select file_id from " ~ ref('stg_file') ~ " where kind = '" ~ kind ~ "' and state = 'loaded' "
        ~ "and file_id not in (select file_id from " ~ relation ~ ") order by file_id"
    ) -%}
    {{- (found.columns[0].values() | join(', ')) or 'null' -}}
{% endmacro %}
