{# A public table has the name of the mart that it shows; only its model is called `public_` and that name. #}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {{ (custom_alias_name or (node.name[7:] if node.name.startswith("public_") and node.resource_type == "model" else node.name)) | trim }}
{%- endmacro %}
