with measure as (
    select
        measure_code,
        case unit when 'days_per_head' then 1 else 100 end as factor
    from marts.dim_measure
    where measure_code = getvariable('measure_code')
),

figure as (
    select
        'month' as period_kind,
        strftime(period_month, '%Y-%m') as period,
        *
    from marts.fct_performance_month
    where measure_code = getvariable('measure_code')

    union all by name

    select
        'year' as period_kind,
        performance_year as period,
        *
    from marts.fct_performance_to_date
    where measure_code = getvariable('measure_code')
    qualify period_month = max(period_month) over (partition by performance_year)
),

every as (
    select
        area_code as pool_code,
        *
    from figure

    union all by name

    select
        case pool -- staff
            when 'nation' then 'ENW' -- staff
            when 'region' then 'region:' || pool_name -- staff
            else 'family:' || replace(pool_name, ',', '') -- staff
        end as pool_code, -- staff
        case period when 'month' then 'month' else 'year' end as period_kind,
        case period when 'month' then strftime(period_month, '%Y-%m') else performance_year end as period,
        case period when 'to_date' then months_in end as months_in, -- staff
        case period when 'to_date' then months end as months_in, -- public
        * exclude (period, months_in) -- staff
        * exclude (period) -- public
    from marts.fct_pooled_performance -- staff
    from marts.fct_performance_period -- public
    where
        measure_code = getvariable('measure_code')
        and scaled_value is not null
        and pool <> 'area'
        and period in ('month', 'to_date')
    qualify
        period = 'month'
        or period_month = max(period_month) over (partition by pool_code, performance_year)
)

select
    every.period_kind,
    every.period,
    every.pool_code,
    round(every.scaled_value * measure.factor, 1) as value,
    round(every.ci_low * 100, 1) as ci_low,
    round(every.ci_high * 100, 1) as ci_high,
    round(every.numerator, 1) as numerator,
    round(every.denominator, 1) as denominator,
    round(every.target * measure.factor, 1) as target,
    every.status,
    coalesce(
        every.figure_status, case when every.scaled_value is null then 'not_available' else 'shown' end
    ) as figure_status,
    every.is_revised, -- public
    every.months_in
from every
cross join measure
order by every.period_kind, every.period, every.pool_code
