-- Figures first: a delivery that counts may stand beside one that was rejected. A month is due once as many months of
-- its year are due as it is from April.
with figures as (
    select * from {{ ref('fct_performance_month') }}
),

span as (
    select
        min(period_month) as first_month,
        max(period_month) as last_month
    from figures
),

months as (
    select
        months.*,
        months.months_due = (month(months.period_month) + 8) % 12 + 1 as is_due
    from {{ ref('int_performance__reporting_month') }} as months
    inner join span
        on
            months.period_month >= span.first_month
            and months.period_month <= {{ add_months('span.last_month', var('lapsed_after_months')) }}
    where months.has_begun
),

explained as (
    select
        areas.area_code,
        measures.measure_code,
        months.period_month,
        months.performance_year,
        measures.derived_from as kind,
        months.due_on,
        case
            when figures.measure_code is not null then 'present'
            when
                months.performance_year < coalesce(measures.valid_from, months.performance_year)
                or months.performance_year > coalesce(measures.valid_to, months.performance_year)
                then 'not due: the measure has no figures in this performance year'
            when deliveries.has_rows_held then 'held: rows of the delivery are held (ops.quarantine_row)'
            when not deliveries.is_current and deliveries.is_refused
                then 'held: the delivery is rejected or set aside as a whole (ops.load_file)'
            when deliveries.is_current then 'missing: the delivery has no figure of the measure'
            when deliveries.is_withdrawn then 'missing: the delivery was withdrawn (ops.load_file)'
            when months.is_due then 'missing: no delivery came'
            else 'not due: the delivery may still come in time'
        end as told
    from {{ ref('dim_area') }} as areas
    cross join {{ ref('measures') }} as measures
    cross join months
    left join figures
        on
            areas.area_code = figures.area_code
            and measures.measure_code = figures.measure_code
            and months.period_month = figures.period_month
    left join {{ ref('int_delivery__area_month') }} as deliveries
        on
            areas.area_code = deliveries.area_code
            and measures.derived_from = deliveries.kind
            and months.period_month = deliveries.period_month
),

final as (
    select
        area_code,
        measure_code,
        period_month,
        performance_year,
        kind,
        due_on,
        split_part(told, ': ', 1) as status,
        nullif(split_part(told, ': ', 2), '') as reason
    from explained
)

select * from final
