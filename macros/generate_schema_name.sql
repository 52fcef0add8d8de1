{# A model's schema is the layer it belongs to, whoever builds it: analysts rely on `marts` and `ops` by name. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
