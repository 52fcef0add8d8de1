-- A view: all that was ever published passes through once, into the few figures that were revised.
{{ config(materialized='view') }}

with recorded as (
    select * from {{ ref('stg_published_figure') }}
),

figures as (
    select * from {{ ref('int_performance__figure') }}
    where period = 'to_date'
),

areas as (
    select area_code from {{ ref('areas') }}
),

tonight as (
    select max(publication_no) as publication_no from {{ ref('int_performance__publication') }}
),

area_figures as (
    select figures.*
    from figures
    inner join areas
        on figures.pool_code = areas.area_code
),

recorded_keys as (
    select distinct
        area_code,
        measure_code,
        performance_year,
        period_month
    from recorded
),

final as (
    select *
    from recorded
    union all
    -- A figure that is not there tonight is a version too: of NULLs, as it will be recorded.
    select
        tonight.publication_no,
        coalesce(figures.pool_code, recorded_keys.area_code) as area_code,
        coalesce(figures.measure_code, recorded_keys.measure_code) as measure_code,
        coalesce(figures.performance_year, recorded_keys.performance_year) as performance_year,
        coalesce(figures.period_month, recorded_keys.period_month) as period_month,
        figures.numerator,
        figures.denominator,
        figures.value,
        figures.target,
        figures.status
    from area_figures as figures
    full join recorded_keys
        on
            figures.pool_code = recorded_keys.area_code
            and figures.measure_code = recorded_keys.measure_code
            and figures.performance_year = recorded_keys.performance_year
            and figures.period_month = recorded_keys.period_month
    cross join tonight
)

select * from final
