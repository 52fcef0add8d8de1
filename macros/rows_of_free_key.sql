{# Steps from the rows of a kind whose file key is free (`delivered`) to `final`: rows of files in force, each with its
   missing_parent. Two current files can give the same row, named by the columns of its grain: that of the file whose
   key sorts last counts. of_everywhere: rows of ENW have an area too. #}
{% macro rows_of_free_key(grain, of_everywhere=false) -%}
current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

areas as (
    select * from {{ ref('areas') }}
),

ranked as (
    select
        delivered.*,
        areas.area_code is not null{{ " or delivered.area_code = 'ENW'" if of_everywhere }} as has_area,
        row_number() over (
            partition by {% for column in grain %}delivered.{{ column }}{{ ', ' if not loop.last }}{% endfor %}

            order by current_files.delivery_key desc
        ) as file_rank
    from delivered
    inner join current_files
        on delivered.file_id = current_files.file_id
    left join areas
        on delivered.area_code = areas.area_code
),

final as (
    select
        *,
        case
            when not has_area then {{ no_such_area() }}
            when file_rank > 1 then {{ in_a_later_file() }}
        end as missing_parent
    from ranked
)
{%- endmacro %}
