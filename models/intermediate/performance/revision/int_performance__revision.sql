-- A version of a figure that differs from the one before it. The first version is no revision; nor are last bits, which
-- engines may round differently.
with versions as (
    select * from {{ ref('int_performance__figure_version') }}
),

in_order as (
    select
        *,
        row_number() over versions_of_figure as version_no,
        lag(numerator) over versions_of_figure as former_numerator,
        lag(denominator) over versions_of_figure as former_denominator,
        lag(value) over versions_of_figure as former_value,
        lag(target) over versions_of_figure as former_target,
        lag(status) over versions_of_figure as former_status
    from versions
    window versions_of_figure as (
        partition by area_code, measure_code, performance_year, period_month order by publication_no
    )
),

compared as (
    select
        *,
        {{ differs('numerator', 'former_numerator') }} as numerator_differs,
        {{ differs('denominator', 'former_denominator') }} as denominator_differs,
        {{ differs('value', 'former_value') }} as value_differs,
        {{ differs('target', 'former_target') }} as target_differs
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
        numerator_differs
        or denominator_differs
        or value_differs
        or target_differs
        or status is distinct from former_status
)

select * from final
