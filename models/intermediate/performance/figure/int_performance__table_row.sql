-- The rows of each area's table of a year: those that a report printed for it, over their own windows; else the rows
-- printed in the nearest year, over the year to date, of the measures that had figures.
with printed as (
    select * from {{ ref('printed_performance') }}
),

lists as (
    select * from {{ ref('int_performance__table_list') }}
),

measure_years as (
    select * from {{ ref('int_performance__measure_year') }}
),

latest as (
    select
        measure_code,
        performance_year,
        max(period_month) as last_month
    from {{ ref('int_performance__period') }}
    where pool_code = 'ENW' and period = 'to_date'
    group by measure_code, performance_year
),

final as (
    select
        lists.area_code,
        lists.performance_year,
        printed.print_order,
        printed.measure_code,
        printed.printed_unit,
        printed.decimals,
        lists.is_printed,
        case when lists.is_printed then printed.printed_title else measure_years.measure_title end as measure_title,
        case
            when lists.is_printed then printed.first_month
            else cast(concat(substr(lists.performance_year, 1, 4), '-04-01') as date)
        end as first_month,
        case when lists.is_printed then printed.last_month else latest.last_month end as last_month,
        case when lists.is_printed then {{ printed_period('printed.first_month') }} else 'to_date' end as period,
        {% for column in ['target', 'area_value', 'region_value', 'national_value'] %}
        case when lists.is_printed then printed.printed_{{ column }} end as printed_{{ column }},
        {% endfor %}
        case when lists.is_printed then printed.note end as note,
        case when lists.is_printed then printed.source end as source
    from lists
    inner join printed
        on
            lists.list_area_code = printed.area_code
            and lists.list_year = printed.performance_year
    inner join measure_years
        on
            printed.measure_code = measure_years.measure_code
            and lists.performance_year = measure_years.performance_year
    left join latest
        on
            printed.measure_code = latest.measure_code
            and lists.performance_year = latest.performance_year
    where lists.is_printed or latest.last_month is not null
)

select * from final
