{# The table of this name in the release before, where flows/release/figures.py put it; nothing in the first release
   and in unit tests. #}
{% macro earlier_table(name) %}
    {% if execute and model.resource_type == 'model' %}
        {{ return(load_relation(api.Relation.create(database=this.database, schema='earlier', identifier=name))) }}
    {% endif %}
    {{ return(none) }}
{% endmacro %}

{# Cells with the noise of their people: looked up by how many they are and by the row of their cell key. A cell without
   a row is left out, never shown as it is. #}
{% macro with_noise(cells) %}
    select
        cells.*,
        noise.noise
    from {{ ref(cells) }} as cells
    inner join {{ ref('rel_cell_row') }} as cell_rows
        on cells.cell_key = cell_rows.cell_key
    inner join {{ ref('noise') }} as noise
        on
            least(greatest(cells.people, 0), {{ var('largest_noise_count') }}) = noise.people
            and cell_rows.noise_row = noise.noise_row
{% endmacro %}

{# A number rounded half up to a multiple. #}
{% macro to_multiple(value, multiple) -%}
    {{ half_up('(' ~ value ~ ') / ' ~ multiple) }} * {{ multiple }}
{%- endmacro %}

{# An amount with noise in steps of several. It is rounded to such a step before: what is left of it when divided by the
   step would be exact. #}
{% macro noise_in_steps(amount, noise, step) -%}
    greatest({{ to_multiple(amount, step) }} + {{ step }} * {{ noise }}, 0)
{%- endmacro %}

{# A share of published counts as a proportion of whole per cents; NULL of a base of 0. #}
{% macro published_share(numerator, denominator) -%}
    {{ half_up('100 * ' ~ numerator ~ ' / nullif(' ~ denominator ~ ', 0)') }} / 100
{%- endmacro %}

{# Whether a published share is shown: of how many people its base is (base), and the share itself. #}
{% macro share_status(base, share) -%}
    case
        when {{ base }} is null then 'not_available'
        when {{ base }} = 0 then 'not_applicable'
        when {{ base }} < {{ var('fewest_shown_people') }} then 'few_people'
        when {{ base }} < {{ var('fewest_safe_people') }} and {{ share }} < 0.05 then 'low'
        when {{ base }} < {{ var('fewest_safe_people') }} and {{ share }} > 0.95 then 'high'
        when {{ base }} < {{ var('fewest_safe_people') }} then 'rough'
        else 'shown'
    end
{%- endmacro %}

{# Figures as they are published: those that a release before showed, as it showed them, and of the rest the fresh ones.
   Not carried over are figures that were not available, and those of years that this release revises, as far as it has
   fresh ones: so the last release has every key that was ever shown. All figures of a year that was revised are marked.
   fresh: a CTE with the key and performance_year, without is_revised. A unit test knows no columns. #}
{% macro frozen(fresh, key) %}
    {%- set earlier = earlier_table(this.identifier) -%}
    {%- set columns = model.columns.keys() | reject('equalto', 'is_revised') | list -%}
    with revised as (
        select * from {{ ref('rel_revised_year') }}
    )
    {%- if earlier %}
    {%- set known = adapter.get_columns_in_relation(earlier) | map(attribute='name') | list %},
    carried as (
        select
            {% for name in columns -%}
            {{ 'earlier.' if name in known else 'cast(null as ' ~ model.columns[name].data_type ~ ') as ' }}{{ name }},
            {% endfor -%}
            revised.performance_year is not null as is_revised
        from {{ earlier }} as earlier
        left join revised
            on earlier.performance_year = revised.performance_year
        left join {{ fresh }} as fresh
            on {% for name in key %}earlier.{{ name }} = fresh.{{ name }}{{ ' and ' if not loop.last }}{% endfor %}
        where
            (coalesce(revised.is_revised_now, false) = false or fresh.{{ key[0] }} is null)
            {%- if 'figure_status' in columns %}
            and earlier.figure_status <> 'not_available'
            {%- endif %}
    )
    select * from carried
    union all
    {%- endif %}
    select
        {% for name in columns or ['*'] -%}
        fresh.{{ name }},
        {% endfor -%}
        revised.performance_year is not null as is_revised
    from {{ fresh }} as fresh
    left join revised
        on fresh.performance_year = revised.performance_year
    {%- if earlier %}
    left join carried
        on {% for name in key %}fresh.{{ name }} = carried.{{ name }}{{ ' and ' if not loop.last }}{% endfor %}
    where carried.{{ key[0] }} is null
    {%- endif %}
{% endmacro %}
