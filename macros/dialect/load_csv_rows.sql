{# A seed's rows as literals. dbt-spark's own version, which this one takes the place of, writes the word None where a
   seed has nothing and stops at an apostrophe. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set sql -%}
        insert into {{ this.render() }} values
        {% for row in agate_table.rows -%}
            ({% for cell in row -%}
                {%- set type = types.get(agate_table.column_names[loop.index0], 'string') -%}
                cast({{ seed_literal(cell) }} as {{ type }}){{ ', ' if not loop.last }}
            {%- endfor %}){{ ', ' if not loop.last }}
        {% endfor %}
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{ return(sql) }}
{% endmacro %}

{% macro seed_literal(cell) -%}
    {%- if cell is none -%} null {%- else -%} '{{ cell | string | replace("\\", "\\\\") | replace("'", "\\'") }}' {%- endif -%}
{%- endmacro %}
