-- As the figures to date of the same month. National figures have the two decimals that they have there.
with printed as (
    select * from {{ ref('fct_area_performance_table') }}
),

decimals as (
    select * from {{ ref('printed_measures') }}
),

figures as (
    select * from {{ ref('public_fct_performance_to_date') }}
),

-- Also for an area that did not deliver.
national as (
    select distinct
        measure_code,
        period_month,
        national_scaled_value,
        national_status
    from figures
),

disclosed as (
    select
        printed.*,
        national.national_status,
        {{ as_printed('national.national_scaled_value', 'printed.printed_unit', 'decimals.decimals') }}
            as shown_national_value,
        coalesce(figures.figure_status = 'suppressed', false) as is_suppressed
    from printed
    inner join decimals
        on printed.measure_code = decimals.measure_code
    left join figures
        on
            printed.area_code = figures.area_code
            and printed.measure_code = figures.measure_code
            and printed.period_month = figures.period_month
    left join national
        on
            printed.measure_code = national.measure_code
            and printed.period_month = national.period_month
),

final as (
    select
        area_code,
        performance_year,
        print_order,
        measure_code,
        measure_title,
        printed_unit,
        target,
        {{ unless_suppressed('area_value') }} as area_value,
        {{ unless_suppressed('status') }} as status,
        {{ figure_status('area_value', 'not_available') }} as figure_status,
        shown_national_value as national_value,
        national_status,
        period_month,
        months_in,
        months_due
    from disclosed
)

select * from final
