-- Every area that has figures of a year gets the whole table: what it did not deliver is a row without a value.
with figures as (
    select * from {{ ref('int_performance__figure') }}
    where period = 'to_date'
),

calendar as (
    select * from {{ ref('int_performance__reporting_month') }}
),

printed as (
    select * from {{ ref('printed_measures') }}
),

measures as (
    select * from {{ ref('dim_measure') }}
),

area_years as (
    select distinct
        areas.area_code,
        figures.performance_year
    from figures
    inner join {{ ref('dim_area') }} as areas
        on figures.pool_code = areas.area_code
),

national as (
    select
        *,
        row_number() over (partition by measure_code, performance_year order by period_month desc) as newest
    from figures
    where pool_code = 'ENW'
),

final as (
    select
        area_years.area_code,
        area_years.performance_year,
        printed.print_order,
        printed.measure_code,
        measures.measure_title,
        printed.printed_unit,
        {{ in_printed_unit('own.target', 'printed.printed_unit') }} as target,
        {{ as_printed('own.scaled_value', 'printed.printed_unit', 'printed.decimals') }} as area_value,
        {{ as_printed('national.scaled_value', 'printed.printed_unit', 'printed.decimals') }} as national_value,
        own.scaled_value as unrounded_area_value,
        national.scaled_value as unrounded_national_value,
        own.status,
        national.period_month,
        coalesce(own.months_in, 0) as months_in,
        calendar.months_due,
        {{ figure_status('own.scaled_value', 'not_available', 'own.denominator') }} as figure_status
    from area_years
    inner join national
        on area_years.performance_year = national.performance_year
    inner join calendar
        on national.period_month = calendar.period_month
    inner join printed
        on national.measure_code = printed.measure_code
    inner join measures
        on printed.measure_code = measures.measure_code
    left join figures as own
        on
            area_years.area_code = own.pool_code
            and national.measure_code = own.measure_code
            and national.period_month = own.period_month
    where national.newest = 1
)

select * from final
