-- A version of a figure that differs from the one before it. The first version is no revision; nor are last bits, which
-- engines may round differently.
{% set values = ['numerator', 'denominator', 'value', 'target'] %}

with versions as (
    select * from {{ ref('int_performance__figure_version') }}
),

in_order as (
    select
        *,
        row_number() over versions_of_figure as version_no,
        {% for name in values %}
        lag({{ name }}) over versions_of_figure as former_{{ name }},
        {% endfor %}
        lag(status) over versions_of_figure as former_status
    from versions
    window versions_of_figure as (
        partition by area_code, measure_code, performance_year, period_month order by publication_no
    )
),

compared as (
    select
        *,
        {% for name in values %}
        {{ differs(name, 'former_' ~ name) }} as {{ name }}_differs{{ ',' if not loop.last }}
        {% endfor %}
    from in_order
    where version_no > 1
),

final as (
    select
        *,
        cast(row_number() over (
            partition by area_code, measure_code, performance_year, period_month order by publication_no
        ) as int) as revision_no
    from compared
    where
        {% for name in values %}
        {{ name }}_differs or {% endfor %} status is distinct from former_status
)

select * from final
