-- Which printed list of rows each area's table of a year follows: its own, else that of the nearest year.
with figures as (
    select * from {{ ref('int_performance__period') }}
    where period = 'to_date'
),

lists as (
    select distinct
        area_code as list_area_code,
        performance_year as list_year
    from {{ ref('printed_performance') }}
),

area_years as (
    select
        areas.area_code,
        figures.performance_year
    from figures
    inner join {{ ref('areas') }} as areas
        on figures.pool_code = areas.area_code
    union
    select
        list_area_code as area_code,
        list_year as performance_year
    from lists
),

paired as (
    select
        area_years.*,
        lists.*,
        case when area_years.area_code = lists.list_area_code then 0 else 1 end as is_of_another_area,
        abs(
            cast(substr(lists.list_year, 1, 4) as int) - cast(substr(area_years.performance_year, 1, 4) as int)
        ) as years_apart
    from area_years
    cross join lists
),

ranked as (
    select
        *,
        row_number() over (
            partition by area_code, performance_year
            order by years_apart, is_of_another_area, list_year, list_area_code
        ) as choice
    from paired
),

final as (
    select
        area_code,
        performance_year,
        list_area_code,
        list_year,
        years_apart + is_of_another_area = 0 as is_printed
    from ranked
    where choice = 1
)

select * from final
