-- The target that binds a unit: its own, else the one for everywhere (ENW), which also binds the national figure.
with delivered as (
    select * from {{ ref('int_performance__current_performance_target') }}
    where missing_parent is null
),

units as (
    select unit_code from {{ ref('units') }}
),

everywhere as (
    select
        units.unit_code,
        delivered.performance_year,
        delivered.measure_code,
        delivered.target,
        delivered.direction,
        delivered.profile
    from delivered
    cross join units
    where delivered.area_code = 'ENW'
),

own as (
    select
        area_code as unit_code,
        performance_year,
        measure_code,
        target,
        direction,
        profile
    from delivered
),

final as (
    select * from own
    union all
    select everywhere.*
    from everywhere
    left join own
        on
            everywhere.unit_code = own.unit_code
            and everywhere.performance_year = own.performance_year
            and everywhere.measure_code = own.measure_code
    where own.unit_code is null
)

select * from final
